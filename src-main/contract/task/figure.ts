/** A figure that a task measures: what a shell has to know of it to show it. */
export interface FigureDescription {
  /** Under which evaluations hold it. */
  name: string;
  /** `AUROC`. */
  title: string;
  /** The least and the largest value that it can have; null: there is no largest one. */
  range: readonly [least: number, most: number | null];
  /** The largest value for two classes, where it is another. */
  mostOfTwo?: number;
  better: 'higher' | 'lower';
  /**
   * `class`: each class has its own, against the rest, and of two classes that of the positive one stands for both;
   * `whole`: there is one.
   */
  of: 'class' | 'whole';
  /** A share of counted cases, which are its denominator. */
  share?: true;
  /** Only for classes that are in an order. */
  ordered?: true;
}
