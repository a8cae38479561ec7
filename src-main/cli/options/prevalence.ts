import { decisionCurveInput } from '../../contract/decisionCurve.ts';
import { NumericOption } from './numeric.ts';

export const prevalence = (help: string): NumericOption =>
  new NumericOption('--prevalence <share>', help, { one: decisionCurveInput.shape.prevalence });
