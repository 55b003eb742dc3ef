export const id = 7183;
export const ids = [7183];
export const modules = {

/***/ 37183:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ld: () => (/* reexport */ editedText),
  IY: () => (/* reexport */ formatAddition),
  Ip: () => (/* reexport */ formatLocationOf),
  Ii: () => (/* reexport */ lintManifests),
  sp: () => (/* reexport */ parseManifestSource),
  q3: () => (/* reexport */ edit_planEdit),
  PX: () => (/* reexport */ readManifests)
});

// UNUSED EXPORTS: readImageManifests

// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
;// CONCATENATED MODULE: ./build/source/src/manifests/addition.js

/** The tags of an addition that a manifest does not have; undefined when it has the digest with all of them. */
function missingTags(images, { name, digest, tags }) {
    const entries = images.filter((image) => image.name === name && image.digest === digest);
    const present = new Set(entries.flatMap((entry) => entry.tags));
    const missing = tags.filter((tag) => !present.has(tag));
    return entries.length > 0 && missing.length === 0 ? undefined : missing;
}
/** Tags that are another digest in the manifest, or among the additions themselves. */
function conflictsOf(images, additions) {
    const conflicts = [];
    const owners = new Map();
    for (const image of images)
        for (const tag of image.tags)
            owners.set(`${image.name}:${tag}`, image);
    const added = new Map();
    for (const { name, digest, tags } of additions) {
        for (const tag of tags) {
            const key = `${name}:${tag}`;
            const owner = owners.get(key);
            const other = owner?.digest ?? added.get(key);
            if (other !== undefined && other !== digest) {
                conflicts.push(new runner/* UserError */.yo(`'${key}' is ${other} already, and not ${digest}`, {
                    hint: 'A tag never moves: release another version.',
                    ...(owner ? { location: owner.location } : {}),
                }));
            }
            added.set(key, digest);
        }
    }
    return conflicts;
}
/** What a text holds, so that two can be compared whatever they look like. */
function contentOf(images, additions = []) {
    const lines = [...images, ...additions].flatMap(({ name, digest, tags }) => [
        `${name} ${digest}`,
        ...tags.map((tag) => `${name} ${digest} ${tag}`),
    ]);
    return [...new Set(lines)].sort().join('\n');
}
/** `hello@sha256:… (v1.2.3, v1.2)` */
const formatAddition = ({ name, digest, tags }) => `${name}@${digest}${tags.length === 0 ? '' : ` (${tags.join(', ')})`}`;

// EXTERNAL MODULE: ./build/source/src/yaml/index.js + 3 modules
var src_yaml = __webpack_require__(52612);
// EXTERNAL MODULE: ./build/source/src/oci/index.js + 4 modules
var oci = __webpack_require__(3811);
;// CONCATENATED MODULE: ./build/source/src/manifests/value.js

/** Values that manifests of all kinds have. */
/** @throws UserError at the node when there is no text */
function requireText(yaml, node, what, parent) {
    const text = yaml.text(node, what);
    if (text === undefined)
        throw new runner/* UserError */.yo(`${what} is missing`, { location: yaml.locate(node ?? parent) });
    return text;
}
/** False where absent. @throws UserError at the node when it is neither true nor false */
function readBoolean(yaml, node, what) {
    const text = yaml.text(node, what) ?? 'false';
    if (/^(?:true|True|TRUE)$/.test(text))
        return true;
    if (/^(?:false|False|FALSE)$/.test(text))
        return false;
    throw new runner/* UserError */.yo(`${what} is neither true nor false: '${text}'`, { location: yaml.locate(node) });
}
/** The work's own error, at the place of a node. */
function located(yaml, node, work) {
    try {
        return work();
    }
    catch (error) {
        if (!(error instanceof runner/* UserError */.yo))
            throw error;
        throw new runner/* UserError */.yo(error.message, { ...(error.hint ? { hint: error.hint } : {}), location: yaml.locate(node) });
    }
}
/**
 * The one entry with `src: true` and all others.
 * @throws UserError at the list when there is no source, a second one, or nothing to promote to
 */
function splitSource(yaml, entries, { what, list, node }) {
    const [source, second] = entries.filter(({ isSource }) => isSource);
    if (!source) {
        throw new runner/* UserError */.yo(`no ${what} is the source`, {
            hint: `Give one of '${list}' the line 'src: true'.`,
            location: yaml.locate(node ?? yaml.root),
        });
    }
    if (second) {
        throw new runner/* UserError */.yo(`a second ${what} is the source`, {
            hint: 'Only one can be.',
            location: yaml.locate(second.item),
        });
    }
    const destinations = entries.filter(({ isSource }) => !isSource);
    if (destinations.length === 0) {
        throw new runner/* UserError */.yo(`there is no ${what} to promote to`, { location: yaml.locate(node ?? yaml.root) });
    }
    return { source, destinations };
}

;// CONCATENATED MODULE: ./build/source/src/manifests/image-manifest.js



/**
 * A manifest with `registries` and `images` in one file.
 * @throws UserError with file, line and column
 */
function parsePlainManifest(yaml, project) {
    const { registries, images } = yaml.record(yaml.root, 'the manifest', ['registries', 'images', 'imagesPath']);
    const { emptied, ...read } = readImages(yaml, images);
    const [empty] = emptied;
    if (empty)
        throw new runner/* UserError */.yo(`the image '${empty.name}' has an empty dmap`, { location: empty.location });
    return { project, ...readRegistries(yaml, registries), ...read };
}
/**
 * `manifests/<project>/promoter-manifest.yaml` with its `images/<project>/images.yaml`.
 * @throws UserError with file, line and column
 */
function parseThinManifest(yaml, list, project) {
    // imagesPath has no meaning any more, but is still written.
    const { registries } = yaml.record(yaml.root, 'the manifest', ['registries', 'imagesPath']);
    // An image without digests is promoter's to refuse in a plain manifest, and to pass over in a thin one.
    const { emptied: _, ...read } = readImages(list, list.root);
    return { project, ...readRegistries(yaml, registries), ...read };
}
/**
 * The images alone: of a plain manifest, or of an `images.yaml`.
 * @throws UserError with file, line and column
 */
function parseImages(yaml, isPlain) {
    const list = isPlain
        ? yaml.record(yaml.root, 'the manifest', ['registries', 'images', 'imagesPath']).images
        : yaml.root;
    return readImages(yaml, list);
}
function readRegistries(yaml, node) {
    const found = yaml.list(node, 'registries').map((item) => {
        const { name, src } = yaml.record(item, 'a registry', ['name', 'src', 'service-account']);
        const text = requireText(yaml, name, 'the name of a registry', item);
        return { registry: located(yaml, name, () => (0,oci/* parseLocation */.zS)(text)), isSource: readBoolean(yaml, src, 'src'), item };
    });
    const { source, destinations } = splitSource(yaml, found, { what: 'registry', list: 'registries', node });
    return {
        location: yaml.locate(node),
        source: source.registry,
        destinations: destinations.map(({ registry }) => registry),
    };
}
function readImages(yaml, node) {
    const images = [];
    const findings = [];
    const emptied = [];
    for (const item of yaml.list(node, 'images')) {
        const { name, dmap } = yaml.record(item, 'an image', ['name', 'dmap']);
        const text = requireText(yaml, name, 'the name of an image', item);
        if (!isRepositoryName(text)) {
            findings.push({ location: yaml.locate(name), rule: 'name', message: `'${text}' is not a repository name` });
            continue;
        }
        const entries = yaml.entries(dmap, 'dmap');
        const block = yaml.locate(item);
        if (entries.length === 0)
            emptied.push({ name: text, location: block });
        for (const { key, keyNode, value } of entries) {
            const location = yaml.locate(keyNode);
            const tags = readTags(yaml, value, findings);
            if (!(0,oci/* isDigest */.Bc)(key))
                findings.push({ location, rule: 'digest', message: `'${key}' is not a SHA-256 digest` });
            // With a tag missing the entry would be promoted in part; it waits until it is mended.
            else if (tags)
                images.push({ name: text, digest: key, tags, location, block });
        }
    }
    return { images, findings, emptied };
}
function readTags(yaml, node, findings) {
    const tags = [];
    let malformed = false;
    for (const item of yaml.list(node, 'tags')) {
        const text = yaml.text(item, 'a tag') ?? '';
        try {
            tags.push((0,oci/* parseTag */.ED)(text));
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            malformed = true;
            findings.push({ location: yaml.locate(item), rule: 'tag', message: error.message });
        }
    }
    return malformed ? undefined : tags;
}
/** Whether a text can be the name of an image below a registry. */
function isRepositoryName(text) {
    try {
        (0,oci/* parseReference */.F2)(`localhost/${text}`);
        return !/[:@]/.test(text);
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./build/source/src/manifests/layout.js

/** Reads where the images of a manifest are; the text was parsed before and is in order. */
function readLayout(yaml, isPlain) {
    const place = (node) => ({ node, ...yaml.range(node) });
    const pair = (node, wanted) => {
        const found = yaml.entries(node, 'a map').find(({ key }) => key === wanted);
        return found && { keyEnd: yaml.range(found.keyNode).end, value: found.value };
    };
    const list = isPlain ? pair(yaml.root, 'images') : { keyEnd: undefined, value: yaml.root };
    const entries = yaml.list(list?.value, 'images').map((item) => {
        const dmap = pair(item, 'dmap');
        if (!dmap)
            throw new runner/* UserError */.yo('an image has no dmap', { location: yaml.locate(item) });
        return {
            ...place(item),
            name: yaml.text(pair(item, 'name')?.value, 'name') ?? '',
            dmap: { ...place(dmap.value), keyEnd: dmap.keyEnd },
            digests: yaml.entries(dmap.value, 'dmap').map(({ key, keyNode, value }) => ({
                digest: key,
                key: place(keyNode),
                tags: {
                    ...place(value),
                    items: yaml.list(value, 'tags').map((tag) => ({ ...place(tag), text: yaml.text(tag, 'a tag') ?? '' })),
                },
            })),
        };
    });
    return { images: { ...place(list?.value), isPlain, keyEnd: list?.keyEnd }, entries };
}

;// CONCATENATED MODULE: ./build/source/src/manifests/style.js
/** As kpromo writes, where there is nothing to go by. */
const usual = { item: '- ', digest: '  ', quoteDigest: '"', quoteTag: '"' };
function styleOf(text, { images, entries }) {
    const newline = text.includes('\r\n') ? '\r\n' : '\n';
    const block = entries.find(({ start }) => text[start] !== '{' && text[images.start] === '-');
    const dashColumn = block ? columnOf(text, images.start) : 0;
    const itemColumn = block ? columnOf(text, block.start) : dashColumn + usual.item.length;
    const digests = entries.flatMap((entry) => entry.digests);
    const written = block?.digests.find(({ key }) => isFirstOnLine(text, key.start));
    const digestColumn = written ? columnOf(text, written.key.start) : itemColumn + usual.digest.length;
    const tag = digests.flatMap(({ tags }) => tags.items).at(-1);
    return {
        newline,
        dash: ' '.repeat(dashColumn),
        item: `-${' '.repeat(Math.max(1, itemColumn - dashColumn - 1))}`,
        digest: ' '.repeat(Math.max(1, digestColumn - itemColumn)),
        quoteDigest: digests.length === 0 ? usual.quoteDigest : quoteAt(text, digests.at(-1)?.key.start ?? 0),
        quoteTag: tag ? quoteAt(text, tag.start) : usual.quoteTag,
    };
}
function quoteAt(text, offset) {
    const sign = text[offset];
    return sign === '"' || sign === "'" ? sign : '';
}
/** Quoted all the same where it could be read as something else than text. */
function quoted(text, quote) {
    const sign = quote === '' && !/^(?:sha256:[0-9a-f]+|v\d[\w.-]*)$/.test(text) ? '"' : quote;
    return `${sign}${text}${sign}`;
}
const columnOf = (text, offset) => offset - lineStart(text, offset);
const lineStart = (text, offset) => offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
/** The offset behind the end of the line; undefined when the text ends without one. */
function lineEnd(text, offset) {
    const end = text.indexOf('\n', offset);
    return end < 0 ? undefined : end + 1;
}
const isFirstOnLine = (text, offset) => /^ *$/.test(text.slice(lineStart(text, offset), offset));
/**
 * The place among digests where one with these tags belongs: by its smallest tag where they are in that order, as kpromo
 * writes them, compared as text or as versions; else the last.
 */
function indexFor(digests, tags) {
    const smallest = (all, compare) => [...all].sort(compare)[0];
    for (const compare of [byText, byVersion]) {
        const keys = digests.map((entry) => smallest(entry.tags.items.map((item) => item.text), compare));
        const own = smallest(tags, compare);
        if (own === undefined)
            break;
        const inOrder = keys.every((key, index) => {
            const before = keys[index - 1];
            return key !== undefined && (before === undefined || compare(before, key) <= 0);
        });
        if (!inOrder)
            continue;
        const after = keys.findIndex((key) => key !== undefined && compare(key, own) > 0);
        return after < 0 ? digests.length : after;
    }
    return digests.length;
}
const byText = (left, right) => (left < right ? -1 : left > right ? 1 : 0);
/** Numbers in it count as numbers: v1.9 before v1.10. */
const byVersion = (left, right) => left.localeCompare(right, 'en', { numeric: true });

;// CONCATENATED MODULE: ./build/source/src/manifests/edit-text.js






/**
 * The text with digests and tags added, each where the order of the file wants it; every byte that was there is kept.
 * What is there already is not added again.
 * @throws UserError when the text has a mistake, or is written so that nothing can be added without changing more
 */
const addToText = (source, additions) => additions.reduce((text, addition) => addOne({ ...source, text }, addition), source.text);
function addOne({ text, file, isPlain }, addition) {
    const yaml = (0,src_yaml/* parseStrictYaml */.A)(text, file);
    const before = parseImages(yaml, isPlain);
    const tags = missingTags(before.images, addition);
    if (tags === undefined)
        return text;
    const layout = readLayout(yaml, isPlain);
    const { start, end, text: added } = planEdit(text, layout, { ...addition, tags });
    const edited = text.slice(0, start) + added + text.slice(end);
    // The proof that nothing else changed, however strangely the file is written.
    const after = edit_text_readImages(edited, { file, isPlain });
    const wanted = contentOf(before.images, [addition]);
    if (after && contentOf(after.images) === wanted && after.findings.length === before.findings.length)
        return edited;
    const image = layout.entries.findLast(({ name }) => name === addition.name);
    throw notEditable(addition, yaml.locate(image?.node ?? layout.images.node));
}
function edit_text_readImages(text, { file, isPlain }) {
    try {
        return parseImages((0,src_yaml/* parseStrictYaml */.A)(text, file), isPlain);
    }
    catch (error) {
        if (error instanceof runner/* UserError */.yo)
            return undefined;
        throw error;
    }
}
const notEditable = ({ name, digest }, location) => new runner/* UserError */.yo(`${name}@${digest} cannot be added here without changing something else`, {
    hint: 'Add it by hand, or write this place in the common way first.',
    location,
});
function planEdit(text, layout, addition) {
    const style = styleOf(text, layout);
    const images = layout.entries.filter(({ name }) => name === addition.name);
    const entry = images.flatMap(({ digests }) => digests).findLast(({ digest }) => digest === addition.digest);
    if (entry)
        return addTags(text, entry, addition, style);
    const image = images.at(-1);
    return image ? addDigest(text, image, addition, style) : addImage(text, layout, addition, style);
}
/** New lines behind the one that an offset is in. */
function linesAfter(text, offset, lines, { newline }) {
    const at = lineEnd(text, offset);
    if (at !== undefined)
        return { start: at, end: at, text: lines.map((line) => line + newline).join('') };
    const isEmpty = text.length === 0 || text.endsWith('\n');
    const added = lines.join(newline);
    return { start: text.length, end: text.length, text: isEmpty ? added + newline : newline + added };
}
const insertion = (start, text) => ({ start, end: start, text });
function addTags(text, { key, tags }, addition, style) {
    const added = addition.tags.map((tag) => quoted(tag, style.quoteTag));
    const last = tags.items.at(-1);
    if (last && text[tags.start] === '-') {
        const indent = ' '.repeat(columnOf(text, tags.start));
        const lines = added.map((tag) => `${indent}- ${tag}`);
        return linesAfter(text, last.end, lines, style);
    }
    if (last)
        return insertion(last.end, `, ${added.join(', ')}`);
    if (text[tags.start] === '[')
        return insertion(tags.start + 1, added.join(', '));
    return insertion(text.indexOf(':', key.end) + 1, ` [${added.join(', ')}]`);
}
/** `"sha256:…": ["v1"]`, on several lines where those before it are. */
function digestLines(text, addition, style, like) {
    const digest = quoted(addition.digest, style.quoteDigest);
    const tags = addition.tags.map((tag) => quoted(tag, style.quoteTag));
    if (!like || text[like.tags.start] !== '-' || tags.length === 0)
        return [`${digest}: [${tags.join(', ')}]`];
    const indent = ' '.repeat(Math.max(0, columnOf(text, like.tags.start) - columnOf(text, like.key.start)));
    return [`${digest}:`, ...tags.map((tag) => `${indent}- ${tag}`)];
}
function addDigest(text, { start, dmap, digests }, addition, style) {
    const [first] = digests;
    const [flow = ''] = digestLines(text, addition, style, undefined);
    if (text[dmap.start] === '{') {
        const last = digests.at(-1);
        return last ? insertion(last.tags.end, `, ${flow}`) : insertion(dmap.start + 1, flow);
    }
    if (!first)
        return linesAfter(text, dmap.keyEnd, [' '.repeat(columnOf(text, start)) + style.digest + flow], style);
    const index = indexFor(digests, addition.tags);
    const before = digests[index - 1];
    const indent = ' '.repeat(columnOf(text, first.key.start));
    const lines = digestLines(text, addition, style, before ?? first).map((line) => indent + line);
    // What is written above an entry belongs to it, so the new one goes right behind the one before.
    return linesAfter(text, before ? Math.max(before.key.end, before.tags.end) : dmap.keyEnd, lines, style);
}
function addImage(text, { images, entries }, addition, style) {
    const [digest = ''] = digestLines(text, addition, style, undefined);
    const name = /^(?:true|false|null|yes|no|on|off|y|n|[\d.]+)$/.test(addition.name)
        ? `"${addition.name}"`
        : addition.name;
    const last = entries.at(-1);
    if (last && text[images.start] === '[')
        return insertion(last.end, `, {name: ${name}, dmap: {${digest}}}`);
    const indent = style.dash + ' '.repeat(style.item.length);
    const lines = [`${style.dash}${style.item}name: ${name}`, `${indent}dmap:`, `${indent}${style.digest}${digest}`];
    if (last)
        return linesAfter(text, last.end, lines, style);
    if (text[images.start] === '[') {
        const start = images.keyEnd === undefined ? '' : style.newline;
        return { start: images.start, end: images.end, text: start + lines.join(style.newline) };
    }
    if (images.keyEnd !== undefined)
        return linesAfter(text, images.keyEnd, lines, style);
    return linesAfter(text, text.length, images.isPlain ? ['images:', ...lines] : lines, style);
}

;// CONCATENATED MODULE: ./build/source/src/manifests/edit.js





/** The text that gets what is added: `images.yaml`, or the plain manifest. */
const editedText = ({ manifest, images }) => images ?? manifest;
/** @throws UserError with file, line and column */
function parseManifestSource({ project, manifest, images }) {
    const yaml = (0,src_yaml/* parseStrictYaml */.A)(manifest.text, manifest.file);
    return images === undefined
        ? parsePlainManifest(yaml, project)
        : parseThinManifest(yaml, (0,src_yaml/* parseStrictYaml */.A)(images.text, images.file), project);
}
/**
 * Adds images to a manifest; every byte that was there is kept. Pure.
 * @throws UserError when the manifest has a mistake, or cannot be edited without changing more
 * @throws FailedItems that names each tag that would move
 */
function edit_planEdit(source, additions) {
    const { images } = parseManifestSource(source);
    const added = additions.flatMap((addition) => {
        const tags = missingTags(images, addition);
        return tags ? [{ ...addition, tags }] : [];
    });
    const conflicts = [...conflictsOf(images, additions), ...movingTags(added)];
    if (conflicts.length > 0)
        throw new runner/* FailedItems */.uE('Images that cannot be added', conflicts);
    const { text: before, file } = editedText(source);
    const text = addToText({ text: before, file, isPlain: source.images === undefined }, additions);
    const edited = source.images
        ? { ...source, images: { file, text } }
        : { ...source, manifest: { ...source.manifest, text } };
    return { text, added, wanted: onlyWanted(parseManifestSource(edited), additions) };
}
function movingTags(additions) {
    const isMoving = ({ tags }) => tags.some((tag) => tag.toLowerCase() === 'latest');
    return additions.filter(isMoving).map(({ name }) => new runner/* UserError */.yo(`'${name}' would get the tag latest, which can never move to the next version`, {
        hint: 'Leave it out.',
    }));
}
function onlyWanted(manifest, additions) {
    const asked = new Set(additions.map(({ name, digest }) => `${name}@${digest}`));
    return {
        ...manifest,
        images: manifest.images.filter(({ name, digest }) => asked.has(`${name}@${digest}`)),
        findings: [],
    };
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/source/src/release/index.js + 8 modules
var release = __webpack_require__(43987);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
;// CONCATENATED MODULE: ./build/source/src/manifests/texts.js



/** The folders of a tree that can hold manifests. */
const treeFolders = ['filestores', 'images', 'manifests'];
/** Whether a path below the root of a tree is read. */
const isTreeText = (path) => /\.ya?ml$/.test(path) && treeFolders.some((folder) => path.startsWith(`${folder}/`));
/**
 * Reads the file or tree at a path; links are not followed.
 * @throws UserError when there is none
 */
async function readManifestTexts(path) {
    const found = await (0,promises_.stat)(path).catch(() => undefined);
    if (!found) {
        throw new runner/* UserError */.yo(`No manifests at ${path}`, {
            hint: 'Name a manifest, or a folder with manifests/ and images/ or filestores/.',
        });
    }
    if (!found.isDirectory())
        return new Map([['', await readText(path)]]);
    const listed = await Promise.all(treeFolders.map((folder) => list(path, folder)));
    const paths = listed.flat().filter(isTreeText).sort();
    const texts = await (0,runner/* mapConcurrently */.X2)(paths, 16, (name) => readText((0,external_node_path_.join)(path, name)));
    return new Map(paths.map((name, index) => [name, texts[index] ?? '']));
}
async function list(root, folder) {
    const entries = await (0,promises_.readdir)((0,external_node_path_.join)(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
    return entries
        .filter((entry) => entry.isFile())
        .map((entry) => external_node_path_.posix.join(entry.parentPath.slice(root.length + 1).replaceAll(external_node_path_.sep, '/'), entry.name));
}
async function readText(path) {
    try {
        return await (0,promises_.readFile)(path, 'utf8');
    }
    catch (error) {
        throw new runner/* UserError */.yo(`Cannot read ${path}: ${(0,runner/* describeError */.Uc)(error)}`, { location: { file: path } });
    }
}

;// CONCATENATED MODULE: ./build/source/src/manifests/base.js



/**
 * The manifests at a path as they are in a commit of its git repository.
 * @param ref branch, tag or commit, such as `origin/main`
 * @param isFolder whether the path is a tree
 * @returns nothing when the commit has nothing there
 * @throws UserError when there is no repository or no such commit
 */
async function readBaseTexts(path, { ref, isFolder }, step) {
    if (ref.startsWith('-') || !/^[^\s\0]+$/.test(ref))
        throw new runner/* UserError */.yo(`'${ref}' is not a git ref`);
    const folder = isFolder ? path : (0,external_node_path_.dirname)(path);
    const git = (args, options = {}) => (0,runner/* runCommand */.d1)('git', ['-c', 'core.fsmonitor=false', '-C', folder, ...args], {
        environment: { ...step.environment, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
        signal: step.signal,
        ...options,
    });
    const commit = await resolveCommit(ref, folder, git);
    const prefix = (await git(['rev-parse', '--show-prefix'])).stdout.replace(/\n$/, '');
    const wanted = isFolder ? prefix : `${prefix}${(0,external_node_path_.basename)(path)}`;
    // A folder that is named with its slash is listed by what is in it.
    const listing = await git(['ls-tree', '-r', '-z', '--full-tree', commit, ...(wanted === '' ? [] : ['--', wanted])]);
    const blobs = parseListing(listing.stdout)
        .map(({ name, id }) => ({ id, name: isFolder ? (0,external_node_path_.relative)(prefix, name).replaceAll(external_node_path_.sep, '/') : '' }))
        .filter(({ name }) => !isFolder || isTreeText(name));
    if (blobs.length === 0)
        return new Map();
    const batch = await git(['cat-file', '--batch'], { input: blobs.map(({ id }) => `${id}\n`).join('') });
    const contents = parseBatch(Buffer.from(batch.stdout), blobs.length, ref);
    return new Map(blobs.map(({ name }, index) => [name, contents[index] ?? '']));
}
async function resolveCommit(ref, folder, git) {
    const found = await git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], { allowFailure: true });
    if (found.exitCode === 0)
        return found.stdout.trim();
    const repository = await git(['rev-parse', '--git-dir'], { allowFailure: true });
    if (repository.exitCode !== 0)
        throw new runner/* UserError */.yo(`${folder} is in no git repository: ${repository.stderr.trim()}`);
    throw new runner/* UserError */.yo(`The git repository has no commit '${ref}'`, {
        hint: "Fetch it first: give actions/checkout 'fetch-depth: 0', or run 'git fetch origin main'.",
    });
}
/** Regular files in the output of `git ls-tree -r -z`, sorted. Source: git-ls-tree(1). */
function parseListing(output) {
    return output
        .split('\0')
        .flatMap((line) => {
        const match = /^100\d{3} blob (?<id>[0-9a-f]+)\t(?<name>.*)$/s.exec(line);
        return match?.groups ? [{ id: match.groups.id ?? '', name: match.groups.name ?? '' }] : [];
    })
        .sort((left, right) => (left.name < right.name ? -1 : 1));
}
/** Texts in the output of `git cat-file --batch`, one after the other. Source: git-cat-file(1), "Batch output". */
function parseBatch(output, amount, ref) {
    const texts = [];
    let at = 0;
    for (let index = 0; index < amount; index++) {
        const end = output.indexOf('\n', at);
        const size = /^[0-9a-f]+ blob (\d+)$/.exec(output.toString('latin1', at, Math.max(at, end)))?.[1];
        const start = end + 1;
        at = start + Number(size);
        // Sizes are of bytes: what is not UTF-8 became longer on the way here.
        if (size === undefined || output[at] !== 10)
            throw new runner/* UserError */.yo(`A manifest at '${ref}' is not UTF-8 text`);
        texts.push(output.toString('utf8', start, at));
        at++;
    }
    return texts;
}

;// CONCATENATED MODULE: ./build/source/src/manifests/finding.js

/** `file:line:column rule message`; what concerns a whole file is at its start. */
const formatFinding = ({ location: { file, line = 1, column = 1 }, rule, message }) => `${(0,runner/* formatLocation */.j$)({ file, line, column })} ${rule} ${message}`;
/** In the order of the files. */
function sortFindings(findings) {
    const line = ({ location }) => location.line ?? 0;
    const column = ({ location }) => location.column ?? 0;
    return [...findings].sort((left, right) => {
        if (left.location.file !== right.location.file)
            return left.location.file < right.location.file ? -1 : 1;
        return line(left) - line(right) || column(left) - column(right);
    });
}

;// CONCATENATED MODULE: ./build/source/src/manifests/file-manifest.js


/**
 * A manifest with `filestores` and `files` in one file.
 * @throws UserError with file, line and column
 */
function parseFileManifest(yaml, project) {
    const { filestores, files } = yaml.record(yaml.root, 'the manifest', ['filestores', 'files']);
    return { project, ...readStores(yaml, filestores), ...sorted([readFiles(yaml, files)]) };
}
/**
 * `filestores/<project>/filepromoter-manifest.yaml` with all of `manifests/<project>/*.yaml`.
 * @throws UserError with file, line and column
 */
function parseFileManifestTree(yaml, lists, project) {
    const { filestores } = yaml.record(yaml.root, 'the manifest', ['filestores']);
    const read = lists.map((list) => readFiles(list, list.record(list.root, 'the list of files', ['files']).files));
    return { project, ...readStores(yaml, filestores), ...sorted(read) };
}
function readStores(yaml, node) {
    const found = yaml.list(node, 'filestores').map((item) => {
        const { base, src } = yaml.record(item, 'a filestore', ['base', 'src', 'service-account']);
        const address = parseStoreAddress(requireText(yaml, base, 'the base of a filestore', item));
        if (address === undefined) {
            throw new runner/* UserError */.yo('the base of a filestore is no address of a store', {
                hint: 'Write gs://BUCKET/PREFIX, s3://BUCKET/PREFIX or file:FOLDER.',
                location: yaml.locate(base),
            });
        }
        return { address, isSource: readBoolean(yaml, src, 'src'), item };
    });
    const { source, destinations } = splitSource(yaml, found, { what: 'filestore', list: 'filestores', node });
    return {
        location: yaml.locate(node),
        source: source.address,
        destinations: destinations.map(({ address }) => address),
    };
}
/** The address without its last slash; undefined when it is none. */
function parseStoreAddress(text) {
    const address = text.length > 'file:/'.length ? text.replace(/\/+$/, '') : text;
    const pattern = /^(?:(?:gs|s3):\/\/[a-z0-9][a-z0-9._-]{1,221}[a-z0-9](?:\/(?<prefix>[^\\?#]+))?|file:.+)$/;
    const match = pattern.exec(address);
    if (!match)
        return undefined;
    return match.groups?.prefix !== undefined && !isFileName(match.groups.prefix) ? undefined : address;
}
function readFiles(yaml, node) {
    const files = [];
    const findings = [];
    for (const item of yaml.list(node, 'files')) {
        const record = yaml.record(item, 'a file', ['name', 'sha256']);
        const name = requireText(yaml, record.name, 'the name of a file', item);
        const sha256 = requireText(yaml, record.sha256, 'the sha256 of a file', item);
        const location = yaml.locate(record.name);
        if (!isFileName(name)) {
            findings.push({ location, rule: 'file-name', message: `'${name}' is not a path below a store` });
        }
        else if (!/^[0-9a-fA-F]{64}$/.test(sha256)) {
            const message = `'${sha256}' is not a SHA-256 hash: 64 hexadecimal digits`;
            findings.push({ location: yaml.locate(record.sha256), rule: 'sha256', message });
        }
        else
            files.push({ name, sha256: sha256.toLowerCase(), location });
    }
    return { files, findings };
}
/** Whether a name is a path with `/` that leads nowhere but below its store, and is the same in every store. */
function isFileName(name) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    if (name === '' || name.length > 1024 || /[\\\u0000-\u001f\u007f]/.test(name))
        return false;
    return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
/** Several lists as one, by name; files of one name stay in the order in which they are written. */
function sorted(lists) {
    const files = lists.flatMap((list) => list.files);
    return {
        files: files.sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0)),
        findings: lists.flatMap((list) => list.findings),
    };
}

;// CONCATENATED MODULE: ./build/source/src/manifests/release-config.js



/**
 * A file with `releaseConfigs`.
 * @throws UserError with file, line and column
 */
function parseReleaseConfigs(yaml) {
    const { releaseConfigs } = yaml.record(yaml.root, 'the configuration', ['releaseConfigs']);
    return yaml.list(releaseConfigs, 'releaseConfigs').map((item) => readConfig(yaml, item));
}
const keys = ['org', 'repo', 'tags', 'includePrereleases', 'gcsBucket', 'releaseDir'];
function readConfig(yaml, item) {
    const record = yaml.record(item, 'a release configuration', keys);
    const name = (node, what) => {
        const text = requireText(yaml, node, what, item);
        if (/^(?!\.+$)[A-Za-z0-9._-]+$/.test(text) && !text.startsWith('-'))
            return text;
        throw new runner/* UserError */.yo(`${what} is no name on GitHub: '${text}'`, { location: yaml.locate(node) });
    };
    return {
        organization: name(record.org, 'org'),
        repository: name(record.repo, 'repo'),
        tags: yaml.list(record.tags, 'tags').map((tag) => readGitTag(yaml, tag, item)),
        includePrereleases: readBoolean(yaml, record.includePrereleases, 'includePrereleases'),
        destination: readDestination(yaml, record, item),
        location: yaml.locate(item),
    };
}
/** A git tag becomes a folder of the store, too. */
function readGitTag(yaml, node, item) {
    const tag = requireText(yaml, node, 'a tag', item);
    if (isFileName(tag) && !tag.startsWith('-') && !/[\s~^:?*[]|\.\.|@\{|\.lock$/.test(tag))
        return tag;
    throw new runner/* UserError */.yo(`'${tag}' is not a git tag`, { location: yaml.locate(node) });
}
function readDestination(yaml, record, item) {
    const bucket = requireText(yaml, record.gcsBucket, 'gcsBucket', item);
    const address = parseStoreAddress(/^\w+:/.test(bucket) ? bucket : `gs://${bucket}`);
    if (address === undefined) {
        throw new runner/* UserError */.yo(`gcsBucket is no bucket: '${bucket}'`, {
            hint: 'Write the name of a bucket, gs://BUCKET, s3://BUCKET or file:FOLDER.',
            location: yaml.locate(record.gcsBucket),
        });
    }
    const directory = yaml.text(record.releaseDir, 'releaseDir')?.replace(/\/+$/, '') ?? '';
    if (directory === '')
        return address;
    if (!isFileName(directory)) {
        throw new runner/* UserError */.yo(`releaseDir is not a path below a store: '${directory}'`, {
            location: yaml.locate(record.releaseDir),
        });
    }
    return `${address}/${directory}`;
}

;// CONCATENATED MODULE: ./build/source/src/manifests/tree.js


const layouts = {
    images: { folder: 'manifests', manifest: 'promoter-manifest.yaml' },
    files: { folder: 'filestores', manifest: 'filepromoter-manifest.yaml' },
};
/**
 * Sorts the texts of a tree by project.
 * @param names paths below the root, sorted
 * @throws UserError when it is no tree of manifests, or one of both kinds
 */
function readTree(names, root) {
    const images = manifestsOf('images', names);
    const files = manifestsOf('files', names);
    if (images.length > 0 && files.length > 0) {
        throw new runner/* UserError */.yo(`${root} has manifests of images and of files`, { hint: 'Keep them in two folders.' });
    }
    if (images.length + files.length === 0) {
        throw new runner/* UserError */.yo(`${root} is no tree of manifests`, {
            hint: 'It needs manifests/PROJECT/promoter-manifest.yaml and images/PROJECT/images.yaml.',
        });
    }
    const kind = files.length > 0 ? 'files' : 'images';
    const projects = [];
    const misplaced = [];
    for (const manifest of kind === 'files' ? files : images) {
        const [, project = '', ...deeper] = manifest.split('/');
        if (deeper.length === 1)
            projects.push({ project, manifest, parts: partsOf(kind, project, names) });
        else
            misplaced.push(misplacement(kind, (0,external_node_path_.join)(root, manifest)));
    }
    const used = new Set(projects.flatMap(({ manifest, parts }) => [manifest, ...parts]));
    const unread = names.filter((name) => !(used.has(name) || isManifest(kind, name)));
    return { kind, projects, misplaced, unused: unread };
}
const isManifest = (kind, name) => name.startsWith(`${layouts[kind].folder}/`) && name.endsWith(`/${layouts[kind].manifest}`);
const manifestsOf = (kind, names) => names.filter((name) => isManifest(kind, name));
function partsOf(kind, project, names) {
    if (kind === 'images')
        return [`images/${project}/images.yaml`];
    return names.filter((name) => {
        const [folder, owner, ...file] = name.split('/');
        return folder === 'manifests' && owner === project && file.length === 1 && name.endsWith('.yaml');
    });
}
function misplacement(kind, file) {
    const { folder, manifest } = layouts[kind];
    return new runner/* UserError */.yo(`${file} is not where a manifest belongs`, {
        hint: `Put it at ${folder}/PROJECT/${manifest}.`,
        location: { file },
    });
}

;// CONCATENATED MODULE: ./build/source/src/manifests/read.js








/**
 * The manifests at a path: a plain image manifest, a file manifest or a configuration of GitHub releases; or a folder with a
 * thin tree of image manifests (`manifests/<project>/promoter-manifest.yaml`, `images/<project>/images.yaml`) or of file
 * manifests (`filestores/<project>/filepromoter-manifest.yaml`, `manifests/<project>/*.yaml`), at exactly that depth.
 * @param path absolute
 * @throws UserError or FailedItems that name file, line and column of each mistake
 */
async function readManifests(path) {
    const { manifests, failures } = parseManifests(await readManifestTexts(path), path);
    const [failure] = failures;
    if (failure && failures.length === 1)
        throw failure.error;
    if (failures.length > 0) {
        throw new runner/* FailedItems */.uE('Manifests that cannot be read', failures.map(({ error }) => error));
    }
    return manifests;
}
/** The image manifests at a path. @throws UserError also when there are manifests of another kind */
async function readImageManifests(path) {
    const found = await readManifests(path);
    if (found.kind === 'images')
        return found.manifests;
    throw new UserError(`${path} has no image manifests`, { hint: "They have 'registries' and 'images'." });
}
/**
 * @param root what messages call the place of the texts
 * @throws UserError when the texts are no manifests at all
 */
function parseManifests(texts, root) {
    const single = texts.get('');
    if (single !== undefined)
        return parseSingle(single, root);
    const { kind, projects, misplaced, unused } = readTree([...texts.keys()], root);
    const parse = (name) => {
        const file = (0,external_node_path_.join)(root, name);
        const text = texts.get(name);
        if (text === undefined)
            throw new runner/* UserError */.yo('there is no such file', { location: { file } });
        return (0,src_yaml/* parseStrictYaml */.A)(text, file);
    };
    const thin = ({ manifest, parts, project }) => parseThinManifest(parse(manifest), parse(parts[0] ?? ''), project);
    const files = ({ manifest, parts, project }) => parseFileManifestTree(parse(manifest), parts.map(parse), project);
    const failures = misplaced.map((error) => ({ project: '', error }));
    const manifests = kind === 'images'
        ? { kind, manifests: collect(projects, thin, failures) }
        : { kind, manifests: collect(projects, files, failures) };
    return { manifests, failures, unused: unused.map((name) => (0,external_node_path_.join)(root, name)) };
}
function parseSingle(text, file) {
    const project = (0,external_node_path_.basename)(file).replace(/\.ya?ml$/, '');
    const failures = [];
    const [manifests] = collect([{ project }], () => parseText((0,src_yaml/* parseStrictYaml */.A)(text, file), project), failures);
    return { manifests: manifests ?? { kind: 'images', manifests: [] }, failures, unused: [] };
}
function parseText(yaml, project) {
    const keys = new Set(yaml.entries(yaml.root, 'the manifest').map(({ key }) => key));
    if (keys.has('releaseConfigs'))
        return { kind: 'releases', configs: parseReleaseConfigs(yaml) };
    if (keys.has('filestores') || keys.has('files')) {
        return { kind: 'files', manifests: [parseFileManifest(yaml, project)] };
    }
    return { kind: 'images', manifests: [parsePlainManifest(yaml, project)] };
}
/** A mistake in one project does not hide the others. */
function collect(projects, parse, failures) {
    const items = [];
    for (const project of projects) {
        try {
            items.push(parse(project));
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            failures.push({ project: project.project, error });
        }
    }
    return items;
}

;// CONCATENATED MODULE: ./build/source/src/manifests/lint-base.js
/**
 * What these manifests take back of what was promoted by the base: a tag that becomes another digest, and entries that are
 * gone. Neither has any effect but to break, or to hide what is still out there.
 * @param ignored projects that are not compared
 */
function lintAgainstBase(manifests, base, ignored) {
    if (manifests.kind === 'images' && base.kind === 'images') {
        return pairs(manifests.manifests, base.manifests, ignored).flatMap(([now, before]) => compareImages(now, before));
    }
    if (manifests.kind === 'files' && base.kind === 'files') {
        return pairs(manifests.manifests, base.manifests, ignored).flatMap(([now, before]) => compareFiles(now, before));
    }
    return [];
}
/** Each project of the base with what became of it. */
function pairs(now, base, ignored) {
    const projects = new Map(now.map((manifest) => [manifest.project, manifest]));
    return base.filter(({ project }) => !ignored.has(project)).map((before) => [projects.get(before.project), before]);
}
function compareImages(now, before) {
    if (!now)
        return [projectRemoved(before, before.images.length)];
    const findings = [];
    const current = indexImages(now.images);
    for (const [name, old] of indexImages(before.images)) {
        const found = current.get(name);
        const removed = [];
        const replaced = new Set();
        for (const [tag, entry] of old.tags) {
            const owner = found?.tags.get(tag);
            if (owner && owner.digest !== entry.digest && !found?.claims.has(`${tag} ${entry.digest}`)) {
                const message = `'${name}:${tag}' was ${entry.digest}, and a tag never moves`;
                findings.push({ location: owner.location, rule: 'tag-moved', message });
                replaced.add(entry.digest);
            }
            else if (!owner && found?.digests.has(entry.digest)) {
                removed.push(`${tag} (${placeInBase(entry.location)})`);
            }
        }
        for (const [digest, entry] of old.digests) {
            if (!(found?.digests.has(digest) || replaced.has(digest))) {
                removed.push(`${digest} (${placeInBase(entry.location)})`);
            }
        }
        if (removed.length > 0) {
            const location = found?.first.block ?? now.location;
            findings.push({ location, rule: 'removed', message: `'${name}' lost ${listed(removed)}` });
        }
    }
    return findings;
}
function indexImages(images) {
    const names = new Map();
    for (const image of images) {
        const index = names.get(image.name) ?? { first: image, digests: new Map(), tags: new Map(), claims: new Set() };
        names.set(image.name, index);
        index.digests.set(image.digest, image);
        for (const tag of image.tags) {
            index.tags.set(tag, image);
            index.claims.add(`${tag} ${image.digest}`);
        }
    }
    return names;
}
function compareFiles(now, before) {
    if (!now)
        return [projectRemoved(before, before.files.length)];
    const current = new Map(now.files.map((file) => [file.name, file]));
    const hashes = new Set(now.files.map(({ name, sha256 }) => `${sha256} ${name}`));
    const removed = [];
    const findings = [];
    for (const file of before.files) {
        const found = current.get(file.name);
        if (!found)
            removed.push(`'${file.name}' (${placeInBase(file.location)})`);
        else if (!hashes.has(`${file.sha256} ${file.name}`)) {
            const message = `'${file.name}' had the hash ${file.sha256}, and what was published is never overwritten`;
            findings.push({ location: found.location, rule: 'two-hashes', message });
        }
    }
    if (removed.length > 0)
        findings.push({ location: now.location, rule: 'removed', message: `lost ${listed(removed)}` });
    return findings;
}
const projectRemoved = ({ project, location }, entries) => ({
    location: { file: location.file },
    rule: 'removed',
    message: `the project ${project} is gone, with ${entries} entries`,
});
const placeInBase = (location) => `line ${location.line} in the base`;
const mostNamed = 5;
const listed = (items) => [
    ...items.slice(0, mostNamed),
    ...(items.length > mostNamed ? [`${items.length - mostNamed} more entries`] : []),
].join(', ');

;// CONCATENATED MODULE: ./build/source/src/manifests/region.js
/**
 * What is promoted to one region must be promoted to every region that the tree uses, or users of some get nothing;
 * kubernetes/k8s.io tests the same with a list of its regions.
 */
function lintRegions(manifests) {
    const used = new Map();
    for (const { destinations } of manifests) {
        for (const destination of destinations) {
            const place = regionalPlace(destination);
            if (place)
                add(used, place.family, place.region);
        }
    }
    return manifests.flatMap((manifest) => lintManifest(manifest, used));
}
function lintManifest({ destinations, location }, used) {
    const reached = new Map();
    for (const destination of destinations) {
        const place = regionalPlace(destination);
        if (place)
            add(reached, `${place.family}/${place.prefix}`, place.region);
    }
    const findings = [];
    for (const [address, regions] of reached) {
        const [family = ''] = address.split('/', 1);
        const missing = [...(used.get(family) ?? [])].filter((region) => !regions.has(region)).sort();
        if (missing.length === 0)
            continue;
        const more = missing.length > region_mostNamed ? ` and ${missing.length - region_mostNamed} more` : '';
        const message = `${address.replace(/\/$/, '')} is missing in ${missing.slice(0, region_mostNamed).join(', ')}${more}`;
        findings.push({ location, rule: 'missing-region', message });
    }
    return findings;
}
const region_mostNamed = 5;
const add = (sets, key, value) => {
    const set = sets.get(key);
    if (set)
        set.add(value);
    else
        sets.set(key, new Set([value]));
};
/** `us-east1-docker.pkg.dev`, `eu.gcr.io`, `1234.dkr.ecr.us-east-1.amazonaws.com`: the label that names a region. */
const regionLabel = /^(?:[a-z0-9-]+(?=-docker$)|(?:af|africa|ap|asia|au|australia|ca|cn|eu|europe|il|me|mx|northamerica|sa|southamerica|us)(?:-[a-z]+)*-?\d*$)/;
/** Where a destination is, with its region apart; undefined for a registry without regions. */
function regionalPlace(location) {
    if (location.kind === 'layout')
        return undefined;
    const labels = location.host.split('.');
    const index = labels.findIndex((label) => regionLabel.test(label));
    const region = regionLabel.exec(labels[index] ?? '')?.[0];
    if (region === undefined)
        return undefined;
    const family = labels.map((label, at) => (at === index ? label.replace(region, 'REGION') : label)).join('.');
    return { family, region, prefix: location.prefix };
}

;// CONCATENATED MODULE: ./build/source/src/manifests/lint-images.js



/** What would break a promotion of these manifests, or is not what its author meant. */
function lintImages(manifests) {
    return [
        ...manifests.flatMap(lint_images_lintManifest),
        ...lintSharedRepositories(manifests),
        ...lintSources(manifests),
        ...lintRegions(manifests),
    ];
}
function lint_images_lintManifest({ findings, images, destinations, location }) {
    return [
        ...findings,
        ...lintDestinations(destinations.map(formatLocationOf), location),
        ...[...byName(images).values()].flatMap((entries) => [...lintEntries(entries), ...lintTags(entries)]),
    ];
}
/** Also for stores of files. */
function lintDestinations(destinations, location) {
    const repeated = destinations.filter((destination, index) => destinations.indexOf(destination) !== index);
    return [...new Set(repeated)].map((destination) => ({
        location,
        rule: 'repeated-destination',
        message: `${destination} is there twice`,
    }));
}
function byName(images) {
    const names = new Map();
    for (const image of images) {
        const entries = names.get(image.name);
        if (entries)
            entries.push(image);
        else
            names.set(image.name, [image]);
    }
    return names;
}
/** Entries of one name that are there twice, or twice the same tag. */
function lintEntries(entries) {
    const findings = [];
    const first = new Map();
    let block = entries[0]?.block;
    let repeated = false;
    for (const entry of entries) {
        const { digest, location, name, tags } = entry;
        if (entry.block !== block && !repeated) {
            const message = `the image '${name}' is there twice; put all digests into the dmap of one`;
            findings.push({ location: entry.block, rule: 'repeated-image', message });
            repeated = true;
        }
        block = entry.block;
        const other = first.get(digest);
        if (other) {
            const message = `${digest} of '${name}' is at ${place(other.location, location)} already`;
            findings.push({ location, rule: 'repeated-digest', message });
        }
        else
            first.set(digest, entry);
        const twice = tags.find((tag, index) => tags.indexOf(tag) !== index);
        if (twice !== undefined) {
            findings.push({ location, rule: 'repeated-tag', message: `the tag ${twice} of '${name}' is there twice` });
        }
        if (tags.includes('latest')) {
            const message = `'${name}' has the tag latest, which can never move to the next version`;
            findings.push({ location, rule: 'latest', message });
        }
    }
    return findings;
}
/** Tags that two entries claim, for two digests. */
function lintTags(entries) {
    const findings = [];
    const owners = new Map();
    for (const entry of entries) {
        for (const tag of entry.tags) {
            const owner = owners.get(tag);
            if (!owner)
                owners.set(tag, entry);
            else if (owner.digest !== entry.digest) {
                const { location } = entry;
                const message = `'${entry.name}:${tag}' is ${owner.digest} at ${place(owner.location, location)} already`;
                findings.push({ location, rule: 'two-digests', message });
            }
        }
    }
    return findings;
}
/** Repositories that several projects promote to: a tag can be one digest only. */
function lintSharedRepositories(manifests) {
    const findings = [];
    const seen = new Set();
    const names = manifests.map(({ images }) => byName(images));
    for (const claims of claimsOf(manifests, names).values()) {
        if (claims.length < 2)
            continue;
        // The same two projects meet in every region; once is enough.
        const key = claims.map(({ project, name }) => `${project} ${name}`).join('\n');
        if (seen.has(key))
            continue;
        seen.add(key);
        const owners = new Map();
        for (const { project, name, address } of claims) {
            for (const entry of names[project]?.get(name) ?? []) {
                for (const tag of entry.tags) {
                    const owner = owners.get(tag);
                    if (!owner)
                        owners.set(tag, entry);
                    // Within one project it was said already.
                    else if (owner.digest !== entry.digest && !names[project]?.get(name)?.includes(owner)) {
                        const message = `${address}:${tag} is ${owner.digest} at ${(0,runner/* formatLocation */.j$)(owner.location)} already`;
                        findings.push({ location: entry.location, rule: 'two-digests', message });
                    }
                }
            }
        }
    }
    return findings;
}
/** Who promotes to each repository. */
function claimsOf(manifests, names) {
    const claims = new Map();
    for (const [project, { destinations }] of manifests.entries()) {
        for (const destination of new Set(destinations.map(formatLocationOf))) {
            for (const name of names[project]?.keys() ?? []) {
                const address = addressOf(destination, name);
                const found = claims.get(address);
                if (found)
                    found.push({ project, name, address });
                else
                    claims.set(address, [{ project, name, address }]);
            }
        }
    }
    return claims;
}
/** A project whose source another writes to: what it promotes would come from there, unseen. */
function lintSources(manifests) {
    const writers = new Map();
    for (const { destinations, project } of manifests) {
        for (const destination of destinations)
            writers.set(formatLocationOf(destination), project);
    }
    return manifests.flatMap(({ source, location }) => {
        const address = formatLocationOf(source);
        const writer = writers.get(address);
        if (writer === undefined)
            return [];
        return [{ location, rule: 'source-is-destination', message: `the source ${address} is a destination of ${writer}` }];
    });
}
/** `HOST/PREFIX` or `oci:PATH`. */
const formatLocationOf = (location) => (0,oci/* formatReference */.FH)({ location, name: '' }).replace(/[/:]$/, '');
const addressOf = (destination, name) => `${destination}${destination.startsWith('oci:') ? ':' : '/'}${name}`;
/** `line 7` in the same file. */
const place = (of, seenFrom) => of.file === seenFrom.file ? `line ${of.line}` : (0,runner/* formatLocation */.j$)(of);

;// CONCATENATED MODULE: ./build/source/src/manifests/lint-files.js


/** What would break a promotion of these files, or is not what its author meant. */
function lintFiles(manifests) {
    const writers = new Map();
    for (const { destinations, project } of manifests)
        for (const store of destinations)
            writers.set(store, project);
    return [...manifests.flatMap((manifest) => lint_files_lintManifest(manifest, writers)), ...lintSharedStores(manifests)];
}
function lint_files_lintManifest(manifest, writers) {
    const { source, destinations, location, files, findings } = manifest;
    const writer = writers.get(source);
    const message = `the source ${source} is a destination of ${writer}`;
    return [
        ...findings,
        ...lintDestinations(destinations, location),
        ...(writer === undefined ? [] : [{ location, rule: 'source-is-destination', message }]),
        ...lint_files_conflictsOf(files, ''),
    ];
}
/** Names that are there twice: with one hash that is a slip, with two one of them can't be promoted. */
function lint_files_conflictsOf(files, store) {
    const findings = [];
    const first = new Map();
    for (const file of files) {
        const other = first.get(file.name);
        if (!other) {
            first.set(file.name, file);
            continue;
        }
        const there = `is at ${(0,runner/* formatLocation */.j$)(other.location)} already`;
        const { location } = file;
        if (other.sha256 === file.sha256) {
            findings.push({ location, rule: 'repeated-file', message: `'${store}${file.name}' ${there}` });
        }
        else {
            const message = `'${store}${file.name}' ${there}, with the hash ${other.sha256}`;
            findings.push({ location, rule: 'two-hashes', message });
        }
    }
    return findings;
}
/** Stores that several projects write to: a name can be one file only. The same bytes twice do no harm. */
function lintSharedStores(manifests) {
    const stores = new Map();
    for (const manifest of manifests) {
        for (const store of new Set(manifest.destinations))
            stores.set(store, [...(stores.get(store) ?? []), manifest]);
    }
    const reported = new Set();
    return [...stores].flatMap(([store, sharing]) => {
        // Within one project it was said already.
        const files = sharing.flatMap((manifest) => [...new Map(manifest.files.map((file) => [file.name, file])).values()]);
        const byPlace = new Map(files.map((file) => [file.location, file]));
        return lint_files_conflictsOf(files, `${store}/`).filter(({ rule, location }) => {
            const file = byPlace.get(location);
            if (rule !== 'two-hashes' || !file || reported.has(file))
                return false;
            reported.add(file);
            return true;
        });
    });
}
/** Releases that are there twice, or would lie on top of those of another repository. */
function lintReleases(configs) {
    const findings = [];
    const first = new Map();
    for (const config of configs) {
        const { destination, location, tags } = config;
        const repeated = tags.find((tag, index) => tags.indexOf(tag) !== index);
        if (repeated !== undefined) {
            findings.push({ location, rule: 'repeated-tag', message: `the release ${repeated} is there twice` });
        }
        for (const tag of new Set(tags.length === 0 ? [''] : tags)) {
            const key = `${destination}/${tag}`;
            const other = first.get(key);
            if (!other) {
                first.set(key, config);
                continue;
            }
            const message = `${key} has the releases of ${other.organization}/${other.repository} at ${(0,runner/* formatLocation */.j$)(other.location)} already`;
            findings.push({ location, rule: 'repeated-release', message });
        }
    }
    return findings;
}

;// CONCATENATED MODULE: ./build/source/src/manifests/rules.js




/**
 * All findings in manifests, in the order of their files. Pure.
 * @param base the manifests that these were changed from; undefined where nothing is to be compared
 */
function findingsIn(parsed, base) {
    const { manifests, failures, unused } = parsed;
    // What can't be read just now is not gone.
    const failed = new Set(failures.map(({ project }) => project));
    return sortFindings([
        ...failures.map(findingOf),
        ...unused.map(unusedFile),
        ...lintKind(manifests),
        ...(base ? lintAgainstBase(manifests, base, failed) : []),
    ]);
}
function lintKind(manifests) {
    switch (manifests.kind) {
        case 'images':
            return lintImages(manifests.manifests);
        case 'files':
            return lintFiles(manifests.manifests);
        case 'releases':
            return lintReleases(manifests.configs);
    }
}
const findingOf = ({ error: { message, hint, location } }) => ({
    location: location ?? { file: '' },
    rule: 'yaml',
    message: hint === undefined ? message : `${message}. ${hint}`,
});
/** YAML in a tree that promotes nothing, which its author most likely does not know. */
const unusedFile = (file) => ({
    location: { file },
    rule: 'unused',
    message: 'no manifest reads this file',
});

;// CONCATENATED MODULE: ./build/source/src/manifests/lint.js








/**
 * Finds what would break a promotion, before it is merged: lines `file:line:column rule message`, on GitHub annotations.
 * @throws UserError when there are findings, after all of them were shown and written to the report
 */
async function lintManifests(options, step) {
    const texts = await readManifestTexts(options.manifests);
    // Paths as they are in the repository, which is where GitHub shows annotations.
    const root = shorten(options.manifests, step.workspace);
    const parsed = parseManifests(texts, root);
    const base = options.base === undefined ? undefined : await readBase(options, { root, isFolder: !texts.has('') }, step);
    const findings = findingsIn(parsed, base);
    if (options.report !== undefined && !options.dryRun) {
        await (0,release/* atomicWrite */.L8)(options.report, `${JSON.stringify(findings, null, 2)}\n`);
    }
    show(findings, step);
    if (findings.length > 0) {
        const places = new Set(findings.map(({ location }) => location.file)).size;
        throw new runner/* UserError */.yo(`${count(findings.length, 'finding')} in ${count(places, 'file')}`, {
            hint: 'Each is shown with its place; the README of lint-manifests says what the rules mean.',
            outputs: { findings: (0,runner/* fitsOutput */.i6)(findings) ? findings : '' },
        });
    }
    step.log.info(`Nothing is wrong with ${amountOf(parsed.manifests)}`);
    return findings;
}
/** Mistakes in the base are none of this change's; what they keep from being compared is said. */
async function readBase(options, { root, isFolder }, step) {
    const { base: ref = '', manifests } = options;
    const texts = await readBaseTexts(manifests, { ref, isFolder }, step);
    if (texts.size === 0) {
        step.log.notice(`There is nothing at '${ref}' to compare with`);
        return undefined;
    }
    try {
        const { manifests: found, failures } = parseManifests(texts, root);
        for (const { error } of failures) {
            step.log.notice(`Not compared with '${ref}', where it has a mistake: ${(0,runner/* describeError */.Uc)(error)}`);
        }
        return found;
    }
    catch (error) {
        if (!(error instanceof runner/* UserError */.yo))
            throw error;
        step.log.notice(`Not compared with '${ref}': ${(0,runner/* describeError */.Uc)(error)}`);
        return undefined;
    }
}
/** The path below the workspace; as it is where it is elsewhere. */
function shorten(path, workspace) {
    const way = (0,external_node_path_.relative)(workspace, path);
    return way.startsWith('..') ? path : way || '.';
}
/** A summary is for reading; the report has all. */
const mostRows = 200;
function show(findings, step) {
    if (!step.onGitHub) {
        step.summary((0,runner/* text */.Qq)(findings.length === 0 ? 'No findings' : findings.map(formatFinding).join('\n')));
        return;
    }
    for (const { location, rule, message } of findings)
        step.log.error(`${rule} ${message}`, location);
    const rows = findings
        .slice(0, mostRows)
        .map(({ location: { file, line = 1, column = 1 }, rule, message }) => [`${file}:${line}:${column}`, rule, message]);
    step.summary((0,runner/* text */.Qq)(findings.length === 0 ? 'No findings in the manifests.' : `${count(findings.length, 'finding')}.`), ...(rows.length > 0 ? [(0,runner/* table */.tp)(['Place', 'Rule', 'Finding'], rows)] : []), ...(findings.length > mostRows ? [(0,runner/* text */.Qq)(`${findings.length - mostRows} more are in the log.`)] : []));
}
const count = (amount, what) => `${amount} ${what}${amount === 1 ? '' : 's'}`;
function amountOf(manifests) {
    switch (manifests.kind) {
        case 'images': {
            const digests = manifests.manifests.reduce((sum, { images }) => sum + images.length, 0);
            return `${count(manifests.manifests.length, 'project')} with ${count(digests, 'digest')}`;
        }
        case 'files': {
            const files = manifests.manifests.reduce((sum, manifest) => sum + manifest.files.length, 0);
            return `${count(manifests.manifests.length, 'project')} with ${count(files, 'file')}`;
        }
        case 'releases':
            return count(manifests.configs.length, 'release configuration');
    }
}

;// CONCATENATED MODULE: ./build/source/src/manifests/index.js
/**
 * Promotion manifests, in the formats of registry.k8s.io: which images, files and GitHub releases go where. Read strictly,
 * with the place of everything; checked for what breaks a promotion later; edited without touching anything else in them.
 */







/***/ }),

/***/ 52612:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* reexport */ parseStrictYaml)
});

// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./build/source/src/yaml/document.js

/** A mistake in a document, at an offset in its text. */
class YamlMistake extends Error {
    offset;
    constructor(message, offset) {
        super(message);
        this.name = 'YamlMistake';
        this.offset = offset;
    }
}
/** Deep enough for every document that people write; far from the end of the stack. */
const deepest = 100;
/**
 * Composes any document by the YAML library.
 * @returns undefined for an empty one
 * @throws YamlMistake the first one
 */
function composeDocument(source) {
    const document = (0,dist/* parseDocument */.Tp)(source, {
        // In the failsafe schema every scalar is text.
        schema: 'failsafe',
        prettyErrors: false,
        lineCounter: new dist/* LineCounter */.HN(),
        // The library compares each key with each other one.
        uniqueKeys: false,
    });
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem)
        throw new YamlMistake(problem.message, problem.pos[0]);
    return document.contents ? convert(document.contents, new Map(), 0) : undefined;
}
function convert(node, anchors, depth) {
    const [start, end] = node.range ?? [0, 0];
    if (depth > deepest)
        throw new YamlMistake('the document is nested too deeply', start);
    const note = (converted) => {
        if ('anchor' in node && node.anchor)
            anchors.set(node.anchor, converted);
    };
    if ((0,dist/* isAlias */.Vj)(node))
        return { kind: 'alias', name: node.source, target: anchors.get(node.source), start, end };
    if ((0,dist/* isScalar */.jn)(node)) {
        if (typeof node.value !== 'string')
            throw new YamlMistake('a value with this tag is not supported', start);
        const scalar = { kind: 'scalar', text: node.value, plain: node.type === 'PLAIN', start, end };
        note(scalar);
        return scalar;
    }
    if ((0,dist/* isSeq */.oP)(node)) {
        const list = { kind: 'list', items: [], start, end };
        note(list);
        for (const item of node.items) {
            if (!(0,dist/* isNode */.Ll)(item))
                throw new YamlMistake('a list with this tag is not supported', start);
            const converted = convert(item, anchors, depth + 1);
            list.items.push(converted);
            if (!node.flow)
                list.end = converted.end;
        }
        return list;
    }
    if (!(0,dist/* isMap */.jh)(node))
        throw new YamlMistake('a value of this kind is not supported', start);
    const map = { kind: 'map', pairs: [], start, end };
    note(map);
    const seen = new Set();
    for (const pair of node.items) {
        if (!(0,dist/* isNode */.Ll)(pair.key))
            throw new YamlMistake('a map with this tag is not supported', start);
        const key = convert(pair.key, anchors, depth + 1);
        const name = key.kind === 'alias' ? key.target : key;
        if (name?.kind === 'scalar') {
            if (seen.has(name.text))
                throw new YamlMistake(`the key '${name.text}' is there twice`, key.start);
            seen.add(name.text);
        }
        const value = (0,dist/* isNode */.Ll)(pair.value) ? convert(pair.value, anchors, depth + 1) : undefined;
        map.pairs.push({ key, value });
        if (!node.flow)
            map.end = (value ?? key).end;
    }
    return map;
}

;// CONCATENATED MODULE: ./build/source/src/yaml/lines.js

/**
 * Composes what is written in the simplest way, from the lexemes of the YAML library: block maps and lists, scalars and
 * flow lists of scalars on one line, comments. Large manifests are, and this takes a third of the time of the library's
 * own parser and composer.
 * @returns undefined for everything else, also for what may be wrong: the library's composer has the say then
 */
function composeLines(source) {
    // Control characters are marks between the lexemes.
    if (/[^\P{Cc}\n]|\uFEFF/u.test(source))
        return undefined;
    const composition = startComposition();
    let line = [];
    let start = 0;
    let plain = false;
    for (const text of new dist/* Lexer */.JG().lex(source)) {
        if (text === scalarMark)
            plain = true;
        else if (text === '\n' && !plain) {
            if (!composeLine(line, composition))
                return undefined;
            line = [];
            start++;
        }
        else if (text !== documentMark) {
            line.push({ text, start, plain });
            start += text.length;
            plain = false;
        }
    }
    return composeLine(line, composition) ? finish(composition) : undefined;
}
/** What the lexer says before a document and before a plain scalar. Source: yaml, parse/cst. */
const documentMark = '\u0002';
const scalarMark = '\u001F';
function startComposition() {
    const composition = { root: undefined, open: [], end: 0 };
    const take = (value) => {
        composition.root = value;
    };
    composition.open.push({ node: undefined, column: -1, keys: new Set(), take });
    return composition;
}
/** Undefined when a value is still awaited, which would be an empty one. */
function finish(composition) {
    const { open } = composition;
    while (open.length > 1)
        if (!lines_close(composition))
            return undefined;
    return composition.root;
}
function lines_close({ open, end }) {
    const closed = open.pop();
    if (closed?.node)
        closed.node.end = end;
    return closed?.take === undefined;
}
/** False when the line is not written in the simplest way. */
function composeLine(line, composition) {
    let index = 0;
    let column = 0;
    let awaited;
    const space = line[0];
    if (space && isSpace(space)) {
        column = space.text.length;
        index = 1;
    }
    for (;;) {
        const lexeme = line[index];
        if (!lexeme || isComment(lexeme))
            return true;
        const next = line[index + 1];
        if (lexeme.text === '-' && !lexeme.plain) {
            awaited = enter('list', column, lexeme.start, composition);
            if (!awaited)
                return false;
            awaitItem(awaited);
            if (!next)
                return true;
            if (!isSpace(next))
                return false;
            column += 1 + next.text.length;
            index += 2;
        }
        else if (next?.text === ':' && !next.plain) {
            return composePair(line, index, column, composition);
        }
        else {
            return awaited !== undefined && composeValue(line, index, awaited, composition);
        }
    }
}
function composePair(line, index, column, composition) {
    const lexeme = line[index];
    const key = lexeme && scalarOf(lexeme);
    if (!key || key.text.length > longestKey)
        return false;
    const map = enter('map', column, key.start, composition);
    if (!map || map.keys.has(key.text))
        return false;
    map.keys.add(key.text);
    awaitValue(map, key);
    const space = line[index + 2];
    if (!space)
        return true;
    if (!isSpace(space))
        return false;
    const value = line[index + 3];
    return !value || isComment(value) || composeValue(line, index + 3, map, composition);
}
/** Well below the 1024 characters that a simple key may have. */
const longestKey = 500;
/**
 * The collection at a column that a new entry belongs to: one that is open, or a new one that is the value that is awaited.
 * Undefined when there is no such place, or a value would be left empty.
 */
function enter(kind, column, start, composition) {
    const { open } = composition;
    for (;;) {
        const top = open.at(-1);
        if (!top)
            return undefined;
        const { node } = top;
        // The list under a key may start at the column of the key.
        const ends = top.column > column || (top.column === column && node?.kind === 'list' && kind === 'map');
        if (ends) {
            if (!lines_close(composition))
                return undefined;
            continue;
        }
        if (top.column === column && node?.kind === kind)
            return top.take ? undefined : top;
        const deeper = top.column < column || (node?.kind === 'map' && kind === 'list');
        if (!top.take || !deeper)
            return undefined;
        const entered = kind === 'list' ? { kind, items: [], start, end: start } : { kind, pairs: [], start, end: start };
        top.take(entered);
        top.take = undefined;
        const opened = { node: entered, column, keys: new Set(), take: undefined };
        open.push(opened);
        return opened;
    }
}
function awaitItem(list) {
    const { node } = list;
    if (node?.kind === 'list')
        list.take = (value) => void node.items.push(value);
}
function awaitValue(map, key) {
    const { node } = map;
    if (node?.kind !== 'map')
        return;
    const pair = { key, value: undefined };
    node.pairs.push(pair);
    map.take = (value) => {
        pair.value = value;
    };
}
/** A scalar or a flow list, and nothing but a comment behind it. */
function composeValue(line, index, awaited, composition) {
    const lexeme = line[index];
    if (!lexeme || !awaited.take)
        return false;
    const isFlow = lexeme.text === '[' && !lexeme.plain;
    const value = isFlow ? flowList(line, index) : scalarOf(lexeme);
    if (!value)
        return false;
    const after = isFlow ? line.findIndex(({ start }) => start >= value.end) : index + 1;
    const rest = after < 0 ? [] : line.slice(after);
    const [space, comment, more] = rest;
    if (more || (space && !isSpace(space)) || (comment && !isComment(comment)))
        return false;
    awaited.take(value);
    awaited.take = undefined;
    composition.end = value.end;
    return true;
}
/** `["a", b]` on one line. */
function flowList(line, index) {
    const items = [];
    const start = line[index]?.start ?? 0;
    let at = index + 1;
    const skipSpace = () => {
        const lexeme = line[at];
        if (lexeme && isSpace(lexeme))
            at++;
    };
    skipSpace();
    for (;;) {
        const lexeme = line[at];
        if (!lexeme)
            return undefined;
        if (isSign(lexeme, ']') && items.length === 0)
            return { kind: 'list', items, start, end: lexeme.start + 1 };
        const item = scalarOf(lexeme);
        if (!item)
            return undefined;
        items.push(item);
        at++;
        skipSpace();
        const sign = line[at];
        if (!sign)
            return undefined;
        if (isSign(sign, ']'))
            return { kind: 'list', items, start, end: sign.start + 1 };
        if (!isSign(sign, ','))
            return undefined;
        at++;
        skipSpace();
    }
}
/** A scalar that is as it is written: on one line, without escapes. */
function scalarOf({ text, start, plain }) {
    const end = start + text.length;
    if (plain)
        return /^[^,%|>@`\n][^\n]*$/.test(text) ? { kind: 'scalar', text, plain, start, end } : undefined;
    const quoted = /^"([^"\\\n]*)"$|^'([^'\n]*)'$/.exec(text);
    if (!quoted)
        return undefined;
    return { kind: 'scalar', text: quoted[1] ?? quoted[2] ?? '', plain, start, end };
}
const isSign = ({ text, plain }, sign) => text === sign && !plain;
const isSpace = ({ text, plain }) => text[0] === ' ' && !plain;
const isComment = ({ text, plain }) => text[0] === '#' && !plain;

;// CONCATENATED MODULE: ./build/source/src/yaml/strict-yaml.js



/** @throws UserError with the place of the first mistake */
function parseStrictYaml(source, file) {
    const lineOf = lineCounter(source);
    const at = (offset) => ({ file, ...lineOf(offset) });
    const root = compose(source, at);
    const locate = (node) => at(isNode(node) ? node.start : 0);
    const wrong = (node, what, shape) => new runner/* UserError */.yo(`${what} is not ${shape}`, { location: locate(node) });
    const resolved = (node) => {
        if (!isNode(node))
            return undefined;
        if (node.kind !== 'alias')
            return node;
        if (!node.target)
            throw new runner/* UserError */.yo(`no anchor is called '${node.name}'`, { location: locate(node) });
        return node.target;
    };
    const filled = (given) => {
        const node = resolved(given);
        const empty = node?.kind === 'scalar' && node.plain && /^(?:|~|null|Null|NULL)$/.test(node.text);
        return empty ? undefined : node;
    };
    const entries = (given, what) => {
        const node = filled(given);
        if (node === undefined)
            return [];
        if (node.kind !== 'map')
            throw wrong(given, what, 'a map');
        return node.pairs.map(({ key, value }) => {
            const name = resolved(key);
            if (name?.kind !== 'scalar')
                throw wrong(key, `a key of ${what}`, 'text');
            return { key: name.text, keyNode: key, value };
        });
    };
    return {
        root,
        locate,
        entries,
        range: (node) => (isNode(node) ? { start: node.start, end: node.end } : { start: 0, end: 0 }),
        text(given, what) {
            const node = filled(given);
            if (node === undefined)
                return undefined;
            if (node.kind !== 'scalar')
                throw wrong(given, what, 'text');
            return node.text;
        },
        list(given, what) {
            const node = filled(given);
            if (node === undefined)
                return [];
            if (node.kind !== 'list')
                throw wrong(given, what, 'a list');
            return node.items;
        },
        record(given, what, known) {
            const found = {};
            for (const { key, keyNode, value } of entries(given, what)) {
                const name = known.find((candidate) => candidate === key);
                if (name === undefined) {
                    const near = (0,runner/* suggest */.ZA)(key, known);
                    throw new runner/* UserError */.yo(`${what} has the unknown key '${key}'`, {
                        hint: near ? `Did you mean '${near}'?` : `Known are ${known.join(', ')}.`,
                        location: locate(keyNode),
                    });
                }
                found[name] = value;
            }
            return found;
        },
    };
}
function compose(source, at) {
    try {
        return composeLines(source) ?? composeDocument(source);
    }
    catch (error) {
        if (!(error instanceof YamlMistake))
            throw error;
        throw new runner/* UserError */.yo(error.message, { location: at(error.offset) });
    }
}
/** Line and column, from 1, of an offset in a text. */
function lineCounter(source) {
    const starts = [0];
    for (let end = source.indexOf('\n'); end >= 0; end = source.indexOf('\n', end + 1))
        starts.push(end + 1);
    return (offset) => {
        let low = 0;
        let high = starts.length;
        while (high - low > 1) {
            const middle = (low + high) >> 1;
            if ((starts[middle] ?? 0) <= offset)
                low = middle;
            else
                high = middle;
        }
        return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    };
}
const isNode = (node) => typeof node === 'object' && node !== null && 'kind' in node && 'start' in node;

;// CONCATENATED MODULE: ./build/source/src/yaml/index.js
/** YAML with the place of everything in it, for the documents that users and projects write. */



/***/ })

};
