// The page of an evaluation as a part of this one: its text, tables and plots. Nothing else that a file may hold gets
// here: of each element only what is named below is made anew.

import { drawing, element, shape } from "./dom.js";

// Headings are one level lower below that of the page.
const elements = { h1: "h2", h2: "h3", h3: "h4", p: "p", table: "table", caption: "caption", thead: "thead", tbody: "tbody", tr: "tr", th: "th", td: "td", em: "em", strong: "strong", code: "code", ul: "ul", ol: "ol", li: "li" };
const shapes = ["svg", "title", "line", "text", "circle", "polyline", "polygon", "rect"];
const attributes = ["scope", "viewBox", "role", "aria-label", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height", "points", "class", "stroke-width", "text-anchor"];
// A paint could be looked up elsewhere.
const paints = ["fill", "stroke"];
const plainPaint = /^(none|#[0-9a-f]{3,6}|var\(--s\d\))$/i;

function attributesOf(node) {
  const kept = attributes.filter((name) => node.hasAttribute(name));
  kept.push(...paints.filter((name) => plainPaint.test(node.getAttribute(name) ?? "")));
  return Object.fromEntries(kept.map((name) => [name, node.getAttribute(name)]));
}

function copyOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return null;
  const parts = () => [...node.childNodes].map(copyOf).filter((part) => part !== null);
  if (node.namespaceURI === drawing) return shapes.includes(node.localName) ? shape(node.localName, attributesOf(node), ...parts()) : null;
  // It scrolls by itself, so the keyboard must reach it.
  if (node.localName === "div") return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": node.querySelector("caption")?.textContent ?? "Table" }, parts());
  return Object.hasOwn(elements, node.localName) ? element(elements[node.localName], attributesOf(node), parts()) : null;
}

// `html`: the whole page.
export function reportIn(html) {
  // Without the head, whose style the browser would refuse aloud.
  const page = new DOMParser().parseFromString(html.slice(Math.max(0, html.search(/<body\b/i))), "text/html");
  return [...page.body.childNodes].map(copyOf).filter((part) => part !== null);
}
