/* Lets the site's search run from file://, where browsers refuse a Worker made from a file.
   The search worker's script is run in a hidden frame instead; every other Worker stays the browser's own.
   No inline script and no eval, so the page's content policy stays strict. */
(function () {
  "use strict";
  if (location.protocol !== "file:") return;
  const NativeWorker = window.Worker;

  function load(frame, address) {
    return new Promise(function (resolve, reject) {
      const script = frame.document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = function () { reject(new Error("cannot load " + address)); };
      frame.document.body.appendChild(script);
    });
  }

  class FrameWorker extends EventTarget {
    constructor(address) {
      super();
      this.element = document.createElement("iframe");
      this.element.hidden = true;
      this.element.title = "搜索";
      document.body.appendChild(this.element);
      const frame = this.element.contentWindow;
      frame.postMessage = (data) => {
        const event = new MessageEvent("message", { data: data });
        this.dispatchEvent(event);
        if (this.onmessage) this.onmessage(event);
      };
      frame.importScripts = function (...addresses) {
        return addresses.reduce((before, next) => before.then(() => load(frame, next)), Promise.resolve());
      };
      this.frame = frame;
      this.ready = load(frame, String(address));
    }

    postMessage(data) {
      this.ready.then(() => {
        this.frame.dispatchEvent(new this.frame.MessageEvent("message", { data: structuredClone(data) }));
      });
    }

    terminate() {
      this.element.remove();
    }
  }

  window.Worker = function (address, options) {
    return /\/workers\/search\./.test(String(address)) ? new FrameWorker(address) : new NativeWorker(address, options);
  };
})();
