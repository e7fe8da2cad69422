// What enums and dates are called on a page.

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

// "2024", "May 2024" or "1 May 2024"; empty for an unknown date.
export function dateInWords(date) {
  if (!date || !date.year) return "";
  if (!date.month) return `${date.year}`;
  return `${date.day ? `${date.day} ` : ""}${months[date.month - 1]} ${date.year}`;
}

// "Systematic review" of "DOCUMENT_KIND_SYSTEMATIC_REVIEW".
export function enumInWords(value, prefix) {
  const words = (value || "").replace(prefix, "").replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const timeInWords = (timestamp) => (timestamp ? new Date(timestamp).toLocaleString() : "");

export const numberInWords = (number) => Number(number || 0).toLocaleString();

export function bytesInWords(bytes) {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let amount = Number(bytes || 0);
  let unit = 0;
  for (; amount >= 1000 && unit + 1 < units.length; ++unit) amount /= 1000;
  return `${amount.toFixed(unit && amount < 10 ? 1 : 0)} ${units[unit]}`;
}
