/** What can be asked of the predictions of a run, each with a tab of its own; the first is shown where none is named. */
export const SECTIONS = ['figures', 'calibration', 'threshold', 'subgroups', 'abstention'] as const;
export type Section = (typeof SECTIONS)[number];

/** As it stands in an address. */
export const sectionOf = (text: unknown): Section => SECTIONS.find((each) => each === text) ?? SECTIONS[0];
