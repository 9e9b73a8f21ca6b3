import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const rule = `\n${"-".repeat(80)}\n`;

/** The licences of the packages whose code is in the bundles, as each of them asks for. */
export function licencesOf(metafiles, root) {
  const folders = new Set();
  for (const { outputs } of metafiles)
    for (const { inputs } of Object.values(outputs))
      for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
        const [folder] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path) ?? [];
        if (folder && bytesInOutput > 0) folders.add(join(root, folder.replace(/^.*?(?=node_modules)/, "")));
      }
  // Bundled into what pages contain.
  folders.add(join(root, "node_modules/uplot"));
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} has no licence file`);
    return `${name} ${version}, ${license}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  return `Code of these packages is part of Sluice's files.\n${rule}\n${texts.join(`${rule}\n`)}`;
}
