/**
 * A day as `yyyy-mm-dd`, whose order as text is that in time: of 2019-05-31, 31.05.2019 or 20190531, with or without a
 * time of the day behind it; undefined for anything else, and for days that there are not. Months come first in some
 * countries: what is written with slashes is not guessed at.
 */
export function dayOf(text: string): string | undefined {
  const written = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:.*)?$/.exec(written);
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? \d{1,2}:.*)?$/.exec(written);
  const dicom = /^(\d{4})(\d{2})(\d{2})(?:\d{2,6}(?:\.\d+)?(?:[+-]\d{4})?)?$/.exec(written);
  const [year, month, day] = (iso ?? dicom)?.slice(1, 4) ?? german?.slice(1, 4).reverse() ?? [];
  if (year === undefined || Number(year) === 0) return undefined;
  const leap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(month) - 1];
  if (days === undefined || Number(day) < 1 || Number(day) > days) return undefined;
  return `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
}
