// Runs before Streamlit's own scripts.
(() => {
  // Numbers and calendars follow the browser's language; the dashboard is Swedish for everyone.
  for (const [name, value] of [["language", "sv-SE"], ["languages", ["sv-SE", "sv"]]]) {
    Object.defineProperty(navigator, name, { get: () => value, configurable: true });
  }

  // Streamlit listens for the single keys r and c everywhere (WCAG 2.1.4).
  const writes = (element) =>
    element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.isTrusted && plain && /^[rc]$/i.test(event.key) && !writes(event.target)) {
      event.stopImmediatePropagation();
    }
  }, true);

  // Cells of tables say what they lead to once, for screen readers; here it becomes a tooltip.
  addEventListener("mouseover", (event) => {
    const link = event.target.closest && event.target.closest("td a[aria-label]:not([title]), .diagram a[aria-label]:not([title])");
    if (link) link.title = link.getAttribute("aria-label");
  });

  // Buttons with data-print print the page.
  addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("[data-print]")) print();
  });

  // A point of a figure leads where its part leads: the address is the last of its own values.
  addEventListener("pointerover", (event) => {
    const figure = event.target.closest && event.target.closest(".js-plotly-plot");
    if (!figure || figure.dataset.leder || !figure.on) return;
    figure.dataset.leder = "ja";
    const address = (told) => {
      const point = told.points && told.points[0];
      const own = point && point.data.meta === "leder" && point.customdata;
      return own ? own[own.length - 1] : "";
    };
    figure.on("plotly_click", (told) => {
      if (address(told)) step(new URL(address(told), document.baseURI));
    });
    figure.on("plotly_hover", (told) => figure.classList.toggle("leder", !!address(told)));
    figure.on("plotly_unhover", () => figure.classList.remove("leder"));
  });

  // Buttons with data-copy copy that text and say so.
  addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest("[data-copy]");
    if (!button) return;
    const text = button.dataset.copy.startsWith("?")
      ? location.origin + location.pathname + button.dataset.copy
      : button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    const before = button.textContent;
    button.textContent = "Kopierat";
    setTimeout(() => { button.textContent = before; }, 2500);
  });

  // A link to another page of the dashboard is a step within it: the address changes and Streamlit
  // draws what it says, as when the reader steps back, without loading itself anew. Without this
  // script, in a new tab and for files, it is an ordinary link.
  addEventListener("click", (event) => {
    const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    const link = event.target.closest && event.target.closest(".stHtml a[href]");
    if (!link || event.defaultPrevented || event.button || modified) return;
    const there = new URL(link.href, document.baseURI);
    const isFile = link.hasAttribute("download") || there.pathname.includes("/filer");
    if (there.origin !== location.origin || there.hash || link.target === "_blank" || isFile) return;
    event.preventDefault();
    step(there);
  });
  const step = (there) => {
    history.pushState({}, "", there);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };
})();
