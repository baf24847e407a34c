/* The search, in the place of the theme's own: it speaks the theme's messages and searches as Chinese readers type.

   What is typed is cut into the words of docs/search/words.yml, each with all that means the same; what no word covers is looked for
   as it stands, or by pairs of characters. Then every section is read for them: a site of this size is read through in milliseconds,
   so there is no index to make when the page opens, and a word is found wherever it stands. Plain ES2019: no build step stands between. */
(function () {
  "use strict";

  /** @typedef {{location: string, title: string, text: string, boost?: number, also?: string[]}} Doc   also: what else the page answers */
  /** @typedef {{same: string[][], words: string[], leave: string[], places: string[], sounds: Record<string, string>, old: string}} Words */
  /** @typedef {{name: string, forms: string[], weight: number, guess?: boolean}} Term   forms: any of them will do; guess: no word of ours */
  /** @typedef {{doc: Doc, page: number, title: string, text: string, also: Set<string>}} Section   in small letters */

  const TITLE = 6, ALSO = 5, LENT = 2.5, TEXT = 1, TYPED = 1.2, PAIR = 0.35, UNKNOWN = 0.6, LENGTH = 0.15, GUESS = 0.15, PLACE = 3;
  const OFTEN = 1.2, LONG = 400;               /* how soon more of the same adds nothing; a text that is long */
  const SHOWN = 40;                            /* characters around a word in the excerpt */
  const PAGES = 20, SECTIONS = 4;              /* as many are shown at most */
  const HAN = /[\u3400-\u9fff]/;
  const PERIOD = /^\d+(个?月|年|天|日)$/;        /* stands everywhere and tells little */
  const NUMBER = /[一二两三四五六七八九]/g;

  class Search {
    /** @param {Doc[]} docs @param {Words} words */
    constructor(docs, words) {
      /** @type {Map<string, number>} */
      const pages = new Map();
      docs.forEach((doc, at) => { if (!doc.location.includes("#")) pages.set(doc.location, at); });
      /** @type {Section[]} */
      this.sections = docs.map((doc) => ({
        doc,
        page: pages.get(doc.location.split("#")[0]) || 0,
        title: plain(doc.title),
        text: plain(doc.text),
        also: new Set((doc.also || []).map(plain)),
      }));
      this.old = new Map();
      const old = Array.from(words.old || "");
      for (let at = 0; at + 1 < old.length; at += 2) this.old.set(old[at], old[at + 1]);
      this.leave = new Set(words.leave);
      this.places = new Set(words.places);
      /** Word → the groups that it stands in. @type {Map<string, string[][]>} */
      this.groups = new Map();
      for (const group of words.same) {
        for (const word of group) this.groups.set(plain(word), [...(this.groups.get(plain(word)) || []), group.map(plain)]);
      }
      this.known = new Set([...this.groups.keys(), ...words.words.map(plain), ...words.places]);
      this.longest = Math.max(...Array.from([...this.known, ...this.leave], (word) => word.length));
      /** How a word sounds → the words. @type {Map<string, string[]>} */
      this.sounds = new Map();
      for (const [word, said] of Object.entries(words.sounds)) {
        const ways = said.split("|").flatMap((sound) => [sound.replace(/ /g, ""), initials(sound)]);
        for (const heard of new Set(ways)) this.sounds.set(heard, [...(this.sounds.get(heard) || []), word]);
      }
      /** Form → where it stands, by section. @type {Map<string, Map<number, number>>} */
      this.read = new Map();
    }

    /** @param {string} typed */
    terms(typed) {
      const text = Array.from(plain(typed), (one) => this.old.get(one) || one).join("");
      /** @type {Term[]} */
      const found = [];
      for (const run of text.match(/[a-z][a-z' ]*[a-z]|[a-z]|[0-9.%]*[\u3400-\u9fff0-9.%]+|[0-9]+/g) || []) {
        found.push(...(HAN.test(run) || /\d/.test(run) ? this.cut(run) : this.heard(run)));
      }
      return [...new Map(found.map((term) => [term.name, term])).values()];
    }

    /** Chinese: the longest word first, from the left. @param {string} run @returns {Term[]} */
    cut(run) {
      /** @type {Term[]} */
      const found = [];
      let rest = "";
      const close = () => { found.push(...this.unknown(rest)); rest = ""; };
      for (let at = 0; at < run.length;) {
        const word = this.wordAt(run, at);
        if (!word) { rest += run[at++]; continue; }
        close();
        found.push(this.leave.has(word) ? { name: word, forms: [word], weight: 0 } : this.term(word));
        at += word.length;
      }
      close();
      return found;
    }

    /** @param {string} run @param {number} at */
    wordAt(run, at) {
      for (let length = Math.min(this.longest, run.length - at); length > 0; length--) {
        const word = run.slice(at, at + length);
        if (this.known.has(word) || this.leave.has(word)) return word;
      }
      return "";
    }

    /** A word with all that means the same. @param {string} word @returns {Term} */
    term(word) {
      const groups = this.groups.get(word) || [];
      return { name: groups.length ? groups[0][0] : word, forms: [...new Set([word, ...groups.map(([first]) => first), ...groups.flat()])], weight: this.places.has(word) ? PLACE : 1 };
    }

    /** What no word covers: as it stands if it stands anywhere, else by pairs. @param {string} rest @returns {Term[]} */
    unknown(rest) {
      if (rest.length < 2) return [];
      const counted = rest.replace(NUMBER, (one) => String("一二三四五六七八九".indexOf(one === "两" ? "二" : one) + 1));
      const forms = [...new Set([rest, counted])];
      if (PERIOD.test(counted)) return [{ name: rest, forms, weight: LENGTH, guess: true }];
      if (rest.length < 3 || forms.some((form) => this.where(form).size)) return [{ name: rest, forms, weight: UNKNOWN, guess: true }];
      const pairs = Array.from({ length: rest.length - 1 }, (_, at) => rest.slice(at, at + 2));
      return pairs.map((pair) => ({ name: pair, forms: [pair], weight: PAIR, guess: true }));
    }

    /** Latin letters: a word by its sound or its initials, several in a row, the beginning of one, or Latin after all. @param {string} run @returns {Term[]} */
    heard(run) {
      const joined = run.replace(/[' ]/g, "");
      const split = this.split(joined);
      if (split) return split.map((words) => this.any(words));
      const begun = joined.length < 3 ? [] : [...this.sounds].filter(([sound]) => sound.startsWith(joined)).flatMap(([, words]) => words);
      if (begun.length) return [this.any(begun)];
      return run.split(/[' ]+/).filter((word) => word.length > 1).map((word) => ({ name: word, forms: [word], weight: 1 }));
    }

    /** Letters as the sounds of words, the longest first; null if they are none. @param {string} letters @returns {string[][] | null} */
    split(letters) {
      if (letters === "") return [];
      for (let length = letters.length; length > 1; length--) {
        const words = this.sounds.get(letters.slice(0, length));
        const rest = words && (length === letters.length || length > 3) ? this.split(letters.slice(length)) : null;
        if (words && rest) return [words, ...rest];
      }
      return null;
    }

    /** @param {string[]} words @returns {Term} */
    any(words) {
      const places = words.filter((word) => this.places.has(word));
      const kept = places.length ? places : words.filter((word) => !this.leave.has(word));
      const weight = places.length ? PLACE : kept.length ? 1 : 0;
      return { name: words[0], forms: [...new Set(kept.flatMap((word) => this.term(word).forms))], weight };
    }

    /** In which sections a form stands, with what it is worth there. @param {string} form */
    where(form) {
      const before = this.read.get(form);
      if (before) return before;
      /** @type {Map<number, number>} */
      const found = new Map();
      this.sections.forEach(({ title, text, also }, at) => {
        let times = 0;
        for (let from = text.indexOf(form); from >= 0; from = text.indexOf(form, from + form.length)) times++;
        const worth = (title.includes(form) ? TITLE * Math.min(1, 0.4 + form.length / title.length) : 0) + (also.has(form) ? ALSO : 0)
          + (times ? TEXT * (OFTEN + 1) * times / (times + OFTEN * (0.5 + text.length / LONG)) : 0);
        if (worth) found.set(at, worth);
      });
      if (this.read.size > 500) this.read.clear();
      this.read.set(form, found);
      return found;
    }

    /** @param {Term[]} terms @returns {Found[][]} pages, the best first, each with its sections */
    search(terms) {
      /** By section, what each term is worth there. @type {Map<number, number[]>} */
      const worths = new Map();
      const rare = terms.map((term, which) => {
        for (const form of term.forms) {
          const just = form === term.forms[0] ? TYPED : 1;
          for (const [at, worth] of this.where(form)) {
            const row = worths.get(at) || terms.map(() => 0);
            row[which] = Math.max(row[which], worth * just);
            worths.set(at, row);
          }
        }
        let holding = 0;
        for (const row of worths.values()) if (row[which] > 0) holding++;
        return term.weight * Math.log(1 + this.sections.length / (1 + holding));
      });
      const asked = terms.map((term, which) => rare[which] * (term.guess ? GUESS : 1));
      return this.byPage([...worths].map(([at, row]) => this.judge(at, row, worths, rare, asked)));
    }

    /**
     * What a section is worth; words that its page answers count a little for it, too.
     * @param {number} at @param {number[]} row @param {Map<number, number[]>} worths @param {number[]} rare @param {number[]} asked
     * @returns {Found}
     */
    judge(at, row, worths, rare, asked) {
      const { doc, page } = this.sections[at];
      const above = page === at ? undefined : worths.get(page);
      let score = 0, covered = 0, whole = 0;
      row.forEach((worth, which) => {
        const total = worth + (above && above[which] >= ALSO ? LENT : 0);
        score += rare[which] * total;
        covered += total > 0 ? asked[which] : 0;
        whole += asked[which];
      });
      return { at, score: score * (covered / whole) ** 2 * (doc.boost || 1) };
    }

    /** @param {Found[]} found @returns {Found[][]} */
    byPage(found) {
      /** @type {Map<number, Found[]>} */
      const pages = new Map();
      for (const one of found.sort((a, b) => b.score - a.score || a.at - b.at)) {
        const { page } = this.sections[one.at];
        pages.set(page, [...(pages.get(page) || []), one]);
      }
      for (const [page, sections] of pages) {
        if (!sections.some(({ at }) => at === page)) sections.push({ at: page, score: 0 });
      }
      return [...pages.values()];
    }

    /** What is everywhere is asked for only where nothing else was typed or found. @param {string} typed */
    asked(typed) {
      const all = this.terms(typed);
      const terms = all.filter(({ weight }) => weight > 0);
      const found = this.search(terms);
      return found.length ? { terms, found } : { terms: all, found: this.search(all.map((term) => ({ ...term, weight: 1 }))) };
    }

    /** What the theme draws. @param {string} typed */
    answer(typed) {
      const { terms, found } = this.asked(typed);
      const forms = terms.flatMap((term) => term.forms);
      return found.slice(0, PAGES).map((sections) => this.first(sections).map(({ at, score }) => {
        const { location, title, text } = this.sections[at].doc;
        const held = terms.filter(({ guess }) => !guess).map((term) => [term.name, term.forms.some((form) => this.where(form).has(at))]);
        return { location, score, terms: Object.fromEntries(held), title: marked(title, forms), text: excerpt(text, forms) };
      }));
    }

    /** The best sections, the page itself among them: the theme asks for it. @param {Found[]} sections */
    first(sections) {
      const best = sections.slice(0, SECTIONS);
      const own = sections.find(({ at }) => this.sections[at].page === at);
      return own && !best.includes(own) ? [...best, own] : best;
    }
  }

  /** @typedef {{at: number, score: number}} Found   at: which section */

  /** @param {string} text */
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  /** @param {string} sound */
  const initials = (sound) => sound.split(" ").map(([first]) => first).join("");

  /** The text in pieces: every second one is to be marked. @param {string} text @param {string[]} forms */
  function marked(text, forms) {
    const found = [...new Set(forms)].filter(Boolean).sort((a, b) => b.length - a.length).map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return found.length ? text.split(new RegExp(`(${found.join("|")})`, "i")) : [text];
  }

  /** The text around the first word found, else its beginning. @param {string} text @param {string[]} forms */
  function excerpt(text, forms) {
    const low = plain(text);
    const places = forms.map((form) => low.indexOf(form)).filter((at) => at >= 0);
    const from = Math.max(0, Math.min(...places, text.length) === text.length ? 0 : Math.min(...places) - SHOWN / 2);
    const cut = text.slice(from, from + 3 * SHOWN);
    const pieces = marked(cut, forms);
    if (cut && from) pieces[0] = "…" + pieces[0];
    if (from + cut.length < text.length) pieces[pieces.length - 1] += "…";
    return pieces;
  }

  const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;       /* the theme's messages */
  /** @type {Search | undefined} */
  let search;
  addEventListener("message", function (event) {
    const { type, data } = event.data;
    if (type === SETUP) {
      search = new Search(data.docs, data.config.words);
      postMessage({ type: READY });
    } else if (type === QUERY) postMessage({ type: RESULT, data: { items: search ? search.answer(data) : [] } });
  });
})();
