// The article beside the chat.
import { made } from "./call.js";

const pane = document.getElementById("article");
let lit = [];

// Draws the article, or several; tapped(listing, name) is called with what is tapped there.
export function showArticle({ articles, topics }, tapped) {
  pane.replaceChildren();
  for (const { number, title, about, passages } of articles) {
    pane.append(numbered(made("h2", title), number), made("p", about.filter(Boolean).join(" · "), "about"));
    let above = [];
    for (const { number, text, headings, is_caption } of passages) {
      pane.append(...headings.filter((one) => !above.includes(one)).map((one) => made("h3", one)));
      above = headings;
      const passage = made("p", "", is_caption ? "passage caption" : "passage");
      const here = topics.filter((one) => one.passages.includes(number));
      passage.append(...stretches(text, here, tapped));
      pane.append(numbered(passage, number));
    }
  }
  pane.scrollTop = 0;
  lit = [];
}

function numbered(element, number) {
  element.dataset.number = number;
  return element;
}

// Lights up passages by their numbers, or else those that are, and scrolls there.
export function light(numbers) {
  for (const one of lit) one.classList.remove("lit");
  lit = numbers?.map((number) => pane.querySelector(`[data-number="${number}"]`)) ?? lit;
  for (const one of lit) one.classList.add("lit");
  const [first] = lit;
  if (!first) return;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const top = first.offsetTop - Math.max(16, (pane.clientHeight - first.offsetHeight) / 3);
  pane.scrollTo({ top, behavior: isCalm ? "auto" : "smooth" });
}

// The text in pieces, what names a topic as a link; longer names before those within them.
function stretches(text, topics, tapped) {
  const ways = topics.flatMap((topic) => topic.written.map((way) => ({ topic, way })));
  const parts = ways.map(({ way }) => way.split(/[^\p{L}\p{N}]+/u).filter(Boolean).join("[^\\p{L}\\p{N}]{1,3}"));
  const order = parts.map((part, i) => ({ part, ...ways[i] })).filter(({ part }) => part);
  order.sort((one, other) => other.way.length - one.way.length);
  if (!order.length) return [text];
  const inner = order.map(({ part }) => `(${part})`).join("|");
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${inner})(?![\\p{L}\\p{N}])`, "giu");
  const found = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const { listing, name } = order[match.slice(1).findIndex(Boolean)].topic;
    if (!/^[\p{Lu}\p{N}]/u.test(match[0])) continue;
    const link = Object.assign(made("a", match[0], "topic"), { href: "#article" });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      tapped(listing, name);
    });
    found.push(text.slice(end, match.index), link);
    end = match.index + match[0].length;
  }
  return [...found, text.slice(end)];
}
