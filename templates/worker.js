{% load static %}// Shows our own page when the network is gone. It keeps that page and what it needs, nothing else.
const KEPT = "offline-1";
const PAGE = "{% url "offline" %}";
const PARTS = [
  PAGE,
  "{% static "css/tokens.css" %}",
  "{% static "css/base.css" %}",
  "{% static "css/layout.css" %}",
  "{% static "css/components.css" %}",
  "{% static "css/pages.css" %}",
  "{% static "img/mark.svg" %}",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(PARTS)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(PAGE)));
  } else if (PARTS.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
