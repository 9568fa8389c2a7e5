/** What an evaluation of models is asked, as it is stored. */

export interface ModelEvaluationOptions {
  /** By name; the champion is among them, and every model's twin. */
  readonly models: readonly string[];
  readonly seed: number;
  /** The model that told what learners know when the evaluation began. */
  readonly champion: string;
}
