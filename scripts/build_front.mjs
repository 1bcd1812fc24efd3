// Bundles the front end into static/dist: one script for each kind of page, one stylesheet, one sprite.
//
//   static/js/<name>.js   every file directly in the folder is an entry → dist/<name>.js, and
//                         dist/<name>.css with the stylesheets that it imports (static/css/pages/)
//   static/css/*.css      after Tabler; tokens.css first, then by name  → dist/core.css
//   static/icons.json     our name → Tabler's outline icon              → dist/sprite.svg
//
// Tabler is cut down to the rules whose names occur in templates, scripts and Python files.

import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import * as esbuild from "esbuild";
import { PurgeCSS } from "purgecss";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, "static", "dist");
const notOurs = new Set(["node_modules", "static", "staticfiles", "tests", "docs", "var", "locale", "migrations"]);

/** Class names that appear only while the page lives, or that a form library writes. */
const safelist = {
  standard: ["show", "fade", "is-invalid", "is-valid", "invalid-feedback", "valid-feedback", "asteriskField"],
  greedy: [/^collaps/, /^modal/, /^dropdown/, /^offcanvas/, /^tooltip/, /^alert/, /^is-/, /^htmx/, /data-bs-theme/],
};

function filesBelow(folder, endings) {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return notOurs.has(entry.name) || entry.name.startsWith(".") ? [] : filesBelow(path, endings);
    }
    return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
  });
}

/** The form library's own templates. */
function crispy() {
  const lib = join(root, ".venv", "lib");
  return directly(lib, "").flatMap((python) => filesBelow(join(python, "site-packages", "crispy_bootstrap5", "templates"), [".html"]));
}

function directly(folder, ending) {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(ending)).sort().map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** Written beside and moved into place, so that a running server never reads half a file. */
function put(name, content) {
  const path = join(out, name);
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
  const bytes = Buffer.byteLength(content);
  const small = brotliCompressSync(content).length;
  console.log(`${relative(root, path).padEnd(28)} ${(bytes / 1024).toFixed(1).padStart(7)} KB  ${(small / 1024).toFixed(1).padStart(6)} KB brotli`);
  return name;
}

async function scripts() {
  const entryPoints = directly(join(root, "static", "js"), ".js");
  if (!entryPoints.length) return [];
  const built = await esbuild.build({
    entryPoints,
    outdir: out,
    bundle: true,
    format: "iife",
    target: ["es2022"],
    minify: true,
    legalComments: "none",
    write: false,
    logLevel: "warning",
    nodePaths: [join(root, "node_modules")],
  });
  return built.outputFiles.map((file) => put(basename(file.path), file.text));
}

async function styles() {
  const content = [
    ...filesBelow(join(root, "templates"), [".html", ".txt"]),
    ...filesBelow(join(root, "static", "js"), [".js"]),
    ...filesBelow(root, [".py", ".html"]),
    ...crispy(),
  ];
  const [tabler] = await new PurgeCSS().purge({
    content,
    css: [join(root, "node_modules", "@tabler", "core", "dist", "css", "tabler.min.css")],
    defaultExtractor: (text) => text.match(/[\w-/:]+(?<!:)/g) ?? [],
    safelist,
    keyframes: true,
  });
  const own = directly(join(root, "static", "css"), ".css");
  own.sort((a, b) => Number(basename(b) === "tokens.css") - Number(basename(a) === "tokens.css"));
  const source = [tabler.css.replace(/\/\*# sourceMappingURL=.*?\*\//g, ""), ...own.map((path) => readFileSync(path, "utf8"))];
  const { code } = await esbuild.transform(source.join("\n"), { loader: "css", minify: true, legalComments: "none" });
  return [put("core.css", code)];
}

function sprite() {
  const icons = JSON.parse(readFileSync(join(root, "static", "icons.json"), "utf8"));
  const symbols = Object.entries(icons).map(([name, tabler]) => {
    const svg = readFileSync(join(root, "node_modules", "@tabler", "icons", "icons", "outline", `${tabler}.svg`), "utf8");
    const inner = svg
      .replace(/<!--[\s\S]*?-->/g, "")
      .replace(/^[\s\S]*?<svg[^>]*>/, "")
      .replace(/<\/svg>\s*$/, "")
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
      .replace(/\s*\n\s*/g, "")
      .replace(/\s+\/>/g, "/>");
    return `<symbol id="i-${name}" viewBox="0 0 24 24">${inner}</symbol>`;
  });
  return [put("sprite.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`)];
}

mkdirSync(out, { recursive: true });
const written = new Set([...(await scripts()), ...(await styles()), ...sprite()]);
for (const name of readdirSync(out)) {
  if (!written.has(name)) rmSync(join(out, name), { recursive: true });
}
