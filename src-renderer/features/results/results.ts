/** ` of ‘PNEUMONIA’`, the positive one of two classes; nothing for several. */
export const ofPositive = (classes: readonly string[]): string => (classes.length === 2 ? ` of ‘${classes[1]}’` : '');
