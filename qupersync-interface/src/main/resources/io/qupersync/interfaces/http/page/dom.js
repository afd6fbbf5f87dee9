// Builds and updates the document. Whatever comes from the server gets in as text, never as markup: there is no
// other way in than these functions, and none of them parses.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes (`on…` are listeners, `undefined` and `false` leave out) and children (text or nodes). */
export function el(name, attributes = {}, ...children) {
  return furnished(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return furnished(document.createElementNS(SVG, name), attributes, children);
}

function furnished(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (value !== undefined && value !== null && value !== false) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

/** An icon out of the sprite; the word beside it tells the same, so a screen reader skips it. */
export function icon(name) {
  return svg("svg", { "aria-hidden": "true", focusable: "false" }, svg("use", { href: `/page/icons.svg#${name}` }));
}

/** Sets a node's text only when it differs: an untouched node keeps the reader's selection and stays quiet. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Sets an attribute, or takes it away for `null`. */
export function setAttribute(node, name, value) {
  if (value === null) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}

/** Replaces what is in a node only when the new content reads differently. */
export function setContent(node, ...children) {
  const next = [...el("div", {}, ...children).childNodes];
  const now = [...node.childNodes];
  if (next.length !== now.length || next.some((child, i) => !child.isEqualNode(now[i]))) {
    node.replaceChildren(...next);
  }
}

/**
 * Makes the children of `parent` show `items`, in their order. A child whose key stays is kept and updated through its
 * `show(item)`, so that focus, selection and open details survive every update.
 */
export function reconcile(parent, items, keyOf, create) {
  const known = new Map();
  for (const child of [...parent.children]) {
    if (child.show) {
      known.set(child.dataset.key, child);
    } else {
      child.remove();
    }
  }
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let child = known.get(key);
    known.delete(key);
    if (!child) {
      child = create(item);
      child.dataset.key = key;
    }
    child.show(item);
    if (child === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(child, place);
    }
  }
  known.forEach((child) => child.remove());
  if (focused && focused.isConnected && document.activeElement !== focused) {
    focused.focus({ preventScroll: true });
  }
}
