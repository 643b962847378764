// How moments and numbers are told in Russian.

export const NBSP = '\u00a0';

/** «14:02» of a moment `2026-11-22T14:02:11`; nothing of nothing. */
export const hour = at => (/T(\d\d:\d\d)/.exec(at || '') || ['', ''])[1];

/** «22.11.2026 в 14:02». */
export function moment(date) {
  const two = number => String(number).padStart(2, '0');
  const day = `${two(date.getDate())}.${two(date.getMonth() + 1)}.${date.getFullYear()}`;
  return `${day} в${NBSP}${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The first sixteen digits of a checksum in fours, so that it can be read aloud. */
export const checksum = digest => digest.slice(0, 16).match(/.{4}/g).join('-').toUpperCase();
