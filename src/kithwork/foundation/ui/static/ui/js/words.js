/**
 * What a script says stands in the page, as `data-said-NAME`, so that it is said in the page's language.
 *
 * Places for what varies are written {so}: `data-said-moved="{name}, {ring}"`.
 */

/** @param {string} name @param {Record<string, string | number>} [values] */
export function said(name, values = {}) {
  const words = document.querySelector(`[data-said-${name}]`)?.getAttribute(`data-said-${name}`) || "";
  return words.replace(/\{(\w+)\}/g, (_, place) => String(values[place] ?? ""));
}

/** The language of the page, for dates and times. */
export const language = () => document.documentElement.lang || "en-GB";
