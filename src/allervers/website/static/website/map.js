// The map beside the list. Its pins are read from the list itself, so they always match it, also when more
// answers came; Leaflet is fetched only when the map comes in sight. Without this script there is a picture.
(() => {
  "use strict";

  const FIRST_ZOOM = 8; // of Leaflet: one more than that of our tiles, which are 512 px wide
  const LAST_ZOOM = 18;
  const CLOSEST_FIT = 16;
  const TILE = 512;
  const PIN = [48, 48]; // CSS pixels: what a thumb needs
  const PIN_FOOT = [24, 46]; // where in it the place is
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  const point = (text) => text.split(",").map(Number);

  function fetched(tag, attributes) {
    return new Promise((done, failed) => {
      const element = Object.assign(document.createElement(tag), attributes);
      element.addEventListener("load", done, { once: true });
      element.addEventListener("error", failed, { once: true });
      document.head.append(element);
    });
  }

  let leaflet = null;
  function withLeaflet(data) {
    leaflet ??= Promise.all([
      fetched("script", { src: data.leaflet }),
      fetched("link", { rel: "stylesheet", href: data.leafletSheet }),
    ]);
    return leaflet;
  }

  function sharpness() {
    const saving = navigator.connection && navigator.connection.saveData;
    return window.devicePixelRatio > 1.2 && !saving ? 2 : 1;
  }

  function tiles(data) {
    const theme = () => (dark.matches ? "sombre" : "clair");
    const layer = L.tileLayer(data.tiles, {
      tileSize: TILE,
      zoomOffset: -1,
      theme,
      sharpness,
      keepBuffer: 1,
    });
    dark.addEventListener("change", () => layer.redraw());
    return layer;
  }

  function opened(section) {
    const data = section.dataset;
    const [south, west, north, east] = point(data.bounds);
    const ground = L.latLngBounds([south, west], [north, east]);
    const sheet = section.querySelector("[data-map-sheet]");
    section.classList.add("map--open");
    const map = L.map(sheet, {
      minZoom: FIRST_ZOOM,
      maxZoom: LAST_ZOOM,
      maxBounds: ground.pad(0.5),
      scrollWheelZoom: false,
      zoomControl: false,
      attributionControl: false,
    });
    map.fitBounds(ground, { animate: false });
    L.control.zoom({ zoomInTitle: data.closer, zoomOutTitle: data.farther }).addTo(map);
    return map;
  }

  function here(map, data) {
    if (!data.here) return [];
    const icon = L.divIcon({ className: "map__here", iconSize: [20, 20] });
    const marker = L.marker(point(data.here), { icon, keyboard: false, interactive: false }).addTo(map);
    marker.getElement().setAttribute("role", "img");
    marker.getElement().setAttribute("aria-label", data.hereLabel);
    return [point(data.here)];
  }

  function placesOfList() {
    const places = new Map();
    for (const item of document.querySelectorAll("[data-pin]")) {
      const at = item.dataset.at;
      if (!places.has(at)) places.set(at, []);
      places.get(at).push(item);
    }
    return places;
  }

  function spoken(items) {
    const numbers = items.map((item) => item.dataset.pin);
    return numbers.length <= 3 ? numbers.join(", ") : `${numbers[0]} … ${numbers[numbers.length - 1]}`;
  }

  function sayWhatIsThere(items) {
    const list = document.createElement("ul");
    list.className = "map__list";
    for (const item of items) {
      const link = item.querySelector("a");
      const row = document.createElement("li");
      const copy = document.createElement("a");
      copy.href = link.href;
      copy.textContent = `${item.dataset.pin}. ${link.textContent.trim()}`;
      row.append(copy);
      list.append(row);
    }
    return list;
  }

  function pinned(map, at, items, data) {
    const numbers = spoken(items);
    const icon = L.divIcon({ className: "map__pin", html: `<span class="map__head">${numbers}</span>`, iconSize: PIN, iconAnchor: PIN_FOOT });
    const marker = L.marker(point(at), { icon, riseOnHover: true }).addTo(map);
    const names = items.map((item) => item.querySelector("a").textContent.trim());
    marker.getElement().setAttribute("aria-label", `${numbers} : ${names.join(" ; ")}`);
    marker.getElement().setAttribute("aria-haspopup", "dialog");
    marker.bindPopup(sayWhatIsThere(items), { minWidth: 200, maxWidth: 280, offset: [0, -34] });
    marker.on("popupopen", ({ popup }) => {
      const close = popup.getElement().querySelector(".leaflet-popup-close-button");
      close.setAttribute("aria-label", data.close);
      popup.getElement().setAttribute("role", "dialog");
      popup.getElement().setAttribute("aria-label", numbers);
      popup.getElement().querySelector(".map__list a").focus({ preventScroll: true });
    });
    marker.on("popupclose", () => marker.getElement() && marker.getElement().focus({ preventScroll: true }));
    return marker;
  }

  async function showResults(section) {
    const data = section.dataset;
    await withLeaflet(data);
    const map = opened(section);
    const home = here(map, data);
    const drawn = new Map();

    function draw({ fit }) {
      for (const [at, items] of placesOfList()) {
        const known = drawn.get(at);
        if (known && known.count === items.length) continue;
        if (known) known.marker.remove();
        drawn.set(at, { marker: pinned(map, at, items, data), count: items.length });
      }
      if (fit) {
        const seen = [...[...drawn.keys()].map(point), ...home];
        map.fitBounds(seen, { padding: [44, 44], maxZoom: CLOSEST_FIT, animate: false });
        tiles(data).addTo(map); // now, not before: no tile is fetched that nobody will see
      }
    }

    draw({ fit: true });
    document.addEventListener("htmx:afterSettle", () => draw({ fit: false }));
  }

  function whenInSight(section, show) {
    const start = () =>
      show(section).catch((error) => {
        section.classList.add("map--failed"); // the list is complete without it
        throw error;
      });
    if (!("IntersectionObserver" in window)) return start();
    const watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watch.disconnect();
        start();
      },
      { rootMargin: "200px" },
    );
    return watch.observe(section);
  }

  for (const section of document.querySelectorAll("[data-map]")) whenInSight(section, showResults);
})();
