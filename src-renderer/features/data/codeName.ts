import { hasText, t } from '../../text/index.ts';

/** The words for the code of a finding; the code itself where there are none. */
export function codeName(code: string): string {
  const key = `data.code.${code}`;
  return hasText(key) ? t(key) : code;
}
