/*
 * Runs before the page, in JavaScript that every browser can read: says which browsers would do where
 * this one lacks something, that the page does nothing where another site shows it within its own, and
 * that it could not be opened where it fails before it shows anything. The sentences stand in index.html,
 * and nothing here depends on the rest of the page.
 */
// biome-ignore lint/complexity/useArrowFunction: older browsers have none
(function () {
  /* What the page and its worker use that browsers in use may lack. The newest are of March 2023. */
  var needed = [
    'AbortSignal.timeout',
    'Array.prototype.at',
    'Array.prototype.findLast',
    'Array.prototype.findLastIndex',
    'Array.prototype.flatMap',
    'Array.prototype.toReversed',
    'Array.prototype.toSorted',
    'BigInt',
    'BroadcastChannel',
    'DecompressionStream',
    'FinalizationRegistry',
    'Intl.NumberFormat.prototype.formatToParts',
    'Intl.RelativeTimeFormat',
    'IntersectionObserver',
    'Object.fromEntries',
    'Object.hasOwn',
    'OffscreenCanvas',
    'PointerEvent',
    'Promise.allSettled',
    'ResizeObserver',
    'String.prototype.replaceAll',
    'TransformStream',
    'WeakRef',
    'WebAssembly.instantiateStreaming',
    'Worker',
    'createImageBitmap',
    'crypto.getRandomValues',
    'fetch',
    'globalThis',
    'queueMicrotask',
    'structuredClone',
  ];

  function isLacking(path) {
    return path.split('.').reduce(property, window) === undefined;
  }

  function property(value, name) {
    return value === undefined || value === null ? undefined : value[name];
  }

  /* Where the browser has not come so far in the page, once it has. */
  function show(id) {
    function unhide() {
      document.getElementById(id).removeAttribute('hidden');
    }
    if (document.getElementById(id)) unhide();
    else document.addEventListener('DOMContentLoaded', unhide);
  }

  /* Hosts that send no headers cannot forbid it. What is clicked in such a frame may be meant for another. */
  function isInStrangersFrame() {
    var frame = window;
    try {
      while (frame.parent && frame.parent !== frame) {
        frame = frame.parent;
        if (typeof frame.location.href !== 'string') return true;
      }
    } catch (_) {
      return true;
    }
    return false;
  }

  function onError() {
    var root = document.getElementById('root');
    // biome-ignore lint/complexity/useOptionalChain: older browsers have none
    if (!root || !root.firstChild) show('not-opened');
  }

  var lacking = needed.filter(isLacking);
  if (window.location && window.location.protocol === 'file:') {
    document.documentElement.setAttribute('data-from-disk', '');
  } else if (lacking.length > 0) {
    document.documentElement.setAttribute('data-lacks', lacking.join(' '));
    show('too-old');
  } else if (isInStrangersFrame()) {
    document.documentElement.setAttribute('data-lacks', 'a tab of its own');
    show('framed');
  } else {
    /* Errors of scripts that do not load are heard on their way down only. */
    window.addEventListener('error', onError, true);
  }
})();
