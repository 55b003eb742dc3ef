export const id = 784;
export const ids = [784];
export const modules = {

/***/ 25784:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  "default": () => (/* binding */ main)
});

// EXTERNAL MODULE: ./build/source/src/release/index.js + 8 modules
var src_release = __webpack_require__(43987);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 23 modules
var runner = __webpack_require__(67936);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./build/source/src/storage/index.js + 2 modules
var storage = __webpack_require__(40320);
// EXTERNAL MODULE: ./build/source/src/oci/index.js + 4 modules
var oci = __webpack_require__(3811);
;// CONCATENATED MODULE: ./build/source/src/promote/image.js


/** More than any image has; it bounds what a hostile index can make us read. */
const mostManifests = 2000;
const deepestIndex = 5;
/** The digest under which a tree of manifests is known: that of its last one. */
function rootOf({ manifests }) {
    const root = manifests.at(-1);
    if (!root)
        throw new Error('a tree has a root');
    return root.descriptor.digest;
}
/**
 * Reads an image with its evidence. Blobs are not read.
 * @param tags of the repository, among which the older evidence tags are found
 * @throws UserError when a manifest is missing or malformed
 */
async function readSourceImage(repository, digest, tags) {
    const manifests = await readTree(repository, digest);
    const evidence = [];
    const asked = new Set();
    // Evidence can have evidence of its own, such as the signature of an SBOM.
    let subjects = manifests.map(({ descriptor }) => descriptor.digest);
    while (subjects.length > 0) {
        for (const subject of subjects)
            asked.add(subject);
        if (asked.size > mostManifests)
            throw new runner/* UserError */.yo(`${repository.address}@${digest} has too many manifests`);
        const found = await (0,runner/* mapConcurrently */.X2)(subjects, 4, (subject) => readEvidence(repository, subject, tags));
        evidence.push(...found.flat());
        subjects = [...new Set(found.flat().map(rootOf))].filter((root) => !asked.has(root));
    }
    return { manifests, evidence: evidence.sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1)) };
}
const sortKey = (evidence) => [evidence.subject, evidence.tag, rootOf(evidence)].join(' ');
/** A manifest and all below it, children first. */
async function readTree(repository, root) {
    const manifests = new Map();
    const visit = async (digest, depth) => {
        if (manifests.has(digest))
            return;
        const stored = await repository.readManifest(digest);
        if (!stored) {
            throw new runner/* UserError */.yo(`${repository.address}@${digest} is not there`, {
                hint: digest === root ? 'Check the repository and the digest.' : `${root} lists it; push the whole image.`,
            });
        }
        const children = childrenOf(stored);
        if (depth > deepestIndex || manifests.size + children.length > mostManifests) {
            throw new runner/* UserError */.yo(`${repository.address}@${root} is nested too deeply or has too many manifests`);
        }
        await (0,runner/* mapConcurrently */.X2)(children, 4, (child) => visit(child, depth + 1));
        manifests.set(digest, stored);
    };
    await visit(root, 0);
    return sortTree(manifests, root);
}
/** The order that the index has, whatever the order of the answers. */
function sortTree(manifests, root) {
    const sorted = new Map();
    const visit = (digest) => {
        const stored = manifests.get(digest);
        if (!stored || sorted.has(digest))
            return;
        childrenOf(stored).forEach(visit);
        sorted.set(digest, stored);
    };
    visit(root);
    return [...sorted.values()];
}
async function readEvidence(repository, subject, tags) {
    const referrers = await repository.listReferrers(subject);
    const found = await (0,runner/* mapConcurrently */.X2)(referrers, 4, async ({ digest }) => {
        const manifests = await readTree(repository, (0,oci/* parseDigest */.m)(String(digest), `a referrer of ${subject}`));
        const root = manifests.at(-1);
        if (!root || subjectOf(root) !== subject) {
            throw new runner/* UserError */.yo(`${repository.address}@${digest} is listed as a referrer of ${subject}, but does not refer to it`);
        }
        return { subject, manifests };
    });
    for (const tag of olderEvidenceTags(subject)) {
        if (!tags.has(tag))
            continue;
        const stored = await repository.readManifest(tag);
        if (stored)
            found.push({ subject, tag, manifests: await readTree(repository, stored.descriptor.digest) });
    }
    return found;
}
/** Where cosign before 3.0 keeps what it makes. */
const olderEvidenceTags = (subject) => ['sig', 'att', 'sbom'].map((kind) => (0,oci/* parseTag */.ED)(`sha256-${(0,oci/* hexOf */.ZD)(subject)}.${kind}`));
/** True for a list of manifests, false for an image or artifact. */
const isIndex = (stored) => stored.descriptor.mediaType === oci/* mediaTypes */.Ib.index || stored.descriptor.mediaType === oci/* mediaTypes */.Ib.dockerManifestList;
function childrenOf(stored) {
    if (!isIndex(stored))
        return [];
    const what = stored.descriptor.digest;
    return (0,oci/* parseIndex */.A1)(stored.bytes, what).manifests.map(({ digest }) => (0,oci/* parseDigest */.m)(String(digest), `a manifest of ${what}`));
}
function subjectOf(stored) {
    const parse = isIndex(stored) ? oci/* parseIndex */.A1 : oci/* parseManifest */.Ng;
    return parse(stored.bytes, stored.descriptor.digest).subject?.digest;
}
/**
 * The blobs that a manifest names: its layers and its config; not the layers that only their vendor may hand out.
 * @throws UserError when a descriptor is malformed
 */
function blobsOf(stored) {
    if (isIndex(stored))
        return [];
    const what = stored.descriptor.digest;
    const { config, layers } = (0,oci/* parseManifest */.Ng)(stored.bytes, what);
    return [...layers, config]
        .filter(({ mediaType }) => !/\.foreign\.|\.nondistributable\./.test(String(mediaType)))
        .map(({ mediaType, digest, size }) => {
        if (!Number.isSafeInteger(size) || size < 0)
            throw new runner/* UserError */.yo(`a blob of ${what} has no size`);
        return { mediaType: String(mediaType), digest: (0,oci/* parseDigest */.m)(String(digest), `a blob of ${what}`), size };
    });
}

;// CONCATENATED MODULE: ./build/source/src/promote/wish.js

/** `HOST/NAME` or `oci:PATH:NAME`; the same for the same repository. */
const formatPlace = (place) => (0,oci/* formatReference */.FH)(place);
/** One wish for each digest, source and set of destinations, with the tags of all; sorted. */
function mergeWishes(wishes) {
    const merged = new Map();
    for (const wish of wishes) {
        const key = [formatPlace(wish.source), wish.digest, ...wish.destinations.map(formatPlace)].join(' ');
        const tags = new Set([...(merged.get(key)?.tags ?? []), ...wish.tags]);
        merged.set(key, { ...wish, tags: [...tags].sort() });
    }
    return [...merged].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, wish]) => wish);
}

;// CONCATENATED MODULE: ./build/source/src/promote/apply.js





const transfersAtOnce = 6;
const blobsAtOnce = 4;
const filesAtOnce = 4;
/**
 * Does what a plan says. One that fails does not stop the others.
 * An image comes in this order, so that a crash leaves nothing visible that is not whole: blobs, child manifests, evidence,
 * a check that the evidence is found, the index by its digest, and the tags last.
 */
async function applyPromotion(plan, context, step) {
    const places = placesOf(context.wish);
    const open = (address) => {
        const place = places.get(address);
        if (!place)
            throw new Error(`the plan names ${address}, which nobody asked for`);
        return context.repositories.open(place);
    };
    const bytes = plan.images.flatMap(({ blobs }) => blobs.map(({ size }) => size)).reduce((sum, size) => sum + size, 0);
    const progress = step.progress('Promoting images', bytes, 'bytes');
    const holders = createHolders();
    const images = await (0,runner/* mapConcurrently */.X2)(plan.images, transfersAtOnce, async (transfer) => {
        const source = context.observation.sources.get(`${transfer.source}@${transfer.digest}`);
        if (!source)
            throw new Error(`the plan names ${transfer.source}@${transfer.digest}, which was not looked at`);
        const failure = await attempt(step, () => transferImage(transfer, {
            image: source,
            source: open(transfer.source),
            destination: open(transfer.destination),
            holders,
            sent: progress.advance,
        }));
        return { transfer, ...failure };
    });
    progress.done();
    return { images, files: await applyFiles(plan.files, step) };
}
function placesOf(wish) {
    const places = wish.images.flatMap(({ source, destinations }) => [source, ...destinations]);
    return new Map(places.map((place) => [formatPlace(place), place]));
}
/** A mistake of one item is kept; a bug or a cancellation ends all. */
async function attempt(step, work) {
    try {
        step.signal.throwIfAborted();
        await work();
        return {};
    }
    catch (error) {
        step.signal.throwIfAborted();
        if (error instanceof runner/* UserError */.yo)
            return { failure: error };
        throw error;
    }
}
async function transferImage(transfer, context) {
    const { image, destination } = context;
    const wanted = new Set(transfer.manifests);
    const root = rootOf(image);
    await (0,runner/* mapConcurrently */.X2)(transfer.blobs, blobsAtOnce, (blob) => transferBlob(blob, context));
    await writeManifests(image.manifests.filter(({ descriptor: { digest } }) => wanted.has(digest) && digest !== root), destination);
    await writeEvidence(transfer, context);
    await verifyEvidence(transfer, destination);
    const last = image.manifests.at(-1);
    if (!last)
        throw new Error('an image has a root');
    if (wanted.has(root))
        await destination.writeManifest(last.bytes, last.descriptor.mediaType);
    for (const tag of transfer.tags) {
        // Another may have set it since the plan was made.
        const there = await destination.headManifest(tag);
        if (there && there.digest !== root) {
            throw new runner/* UserError */.yo(`${destination.address}:${tag} became ${there.digest} meanwhile, and is not moved`);
        }
        if (!there)
            await destination.writeManifest(last.bytes, last.descriptor.mediaType, tag);
    }
}
/** Images and artifacts side by side, then the indexes that list them, inner ones first. */
async function writeManifests(manifests, destination) {
    const write = async ({ bytes, descriptor }) => {
        await destination.writeManifest(bytes, descriptor.mediaType);
    };
    await (0,runner/* mapConcurrently */.X2)(manifests.filter((manifest) => !isIndex(manifest)), blobsAtOnce, write);
    for (const index of manifests.filter(isIndex))
        await write(index);
}
async function writeEvidence(transfer, { image, destination }) {
    await (0,runner/* mapConcurrently */.X2)(transfer.evidence, blobsAtOnce, async ({ subject, digest, tag }) => {
        const found = image.evidence.find((item) => item.subject === subject && item.tag === tag && rootOf(item) === digest);
        const last = found?.manifests.at(-1);
        if (!(found && last))
            throw new Error(`the plan names the evidence ${digest}, which was not looked at`);
        await writeManifests(found.manifests.slice(0, -1), destination);
        if (tag === undefined)
            await destination.writeReferrer(last.bytes, last.descriptor.mediaType);
        else
            await destination.writeManifest(last.bytes, last.descriptor.mediaType, tag);
    });
}
/** Reads back that whoever looks for the evidence finds it. @throws UserError */
async function verifyEvidence(transfer, destination) {
    const lost = (digest, where) => new runner/* UserError */.yo(`${destination.address}: the evidence ${digest} was written, but is not found ${where}`, {
        hint: 'Another process may have replaced it; run it again.',
    });
    const subjects = new Set(transfer.evidence.flatMap(({ subject, tag }) => (tag === undefined ? subject : [])));
    await (0,runner/* mapConcurrently */.X2)([...subjects], blobsAtOnce, async (subject) => {
        const listed = new Set((await destination.listReferrers(subject)).map(({ digest }) => digest));
        const missing = transfer.evidence.find((item) => item.subject === subject && item.tag === undefined && !listed.has(item.digest));
        if (missing)
            throw lost(missing.digest, `as a referrer of ${subject}`);
    });
    await (0,runner/* mapConcurrently */.X2)(transfer.evidence, blobsAtOnce, async ({ digest, tag }) => {
        if (tag !== undefined && (await destination.headManifest(tag))?.digest !== digest)
            throw lost(digest, `as ${tag}`);
    });
}
async function transferBlob(blob, context) {
    const { source, destination, holders, sent } = context;
    const descriptor = { mediaType: 'application/octet-stream', ...blob };
    const mounted = await mountFrom([source, holders.find(destination, blob.digest)], blob.digest, destination);
    if (!mounted)
        await destination.writeBlob(descriptor, () => external_node_stream_.Readable.from(reading(source, descriptor), { objectMode: false }));
    holders.note(destination, blob.digest);
    sent(blob.size);
}
async function mountFrom(candidates, digest, to) {
    for (const from of candidates) {
        if (from && from !== to && (await to.mountBlob(digest, from)))
            return true;
    }
    return false;
}
async function* reading(source, descriptor) {
    yield* await source.readBlob(descriptor);
}
function createHolders() {
    const known = new Map();
    const key = (repository, digest) => `${repository.address.split('/', 1)[0]} ${digest}`;
    return {
        find: (near, digest) => known.get(key(near, digest)),
        note: (repository, digest) => void known.set(key(repository, digest), repository),
    };
}
/** Evidence first, then the files that it speaks of, and the checksums of all last. */
async function applyFiles(files, step) {
    const done = [];
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    const progress = step.progress('Promoting files', bytes, 'bytes');
    for (const kind of ['evidence', 'file', 'checksums']) {
        const failed = new Set(done.filter(({ failure }) => failure).map(({ file }) => `${file.destination} ${file.name}`));
        const results = await (0,runner/* mapConcurrently */.X2)(files.filter((file) => file.kind === kind), filesAtOnce, async (file) => {
            const outcome = await attempt(step, async () => {
                const lacking = file.evidence.find((name) => failed.has(`${file.destination} ${name}`));
                if (lacking)
                    throw new runner/* UserError */.yo(`${file.name} waits for its evidence ${lacking}, which failed`);
                await (0,storage/* openStore */.C)(file.destination).write(file.name, file.source, file.sha256);
            });
            progress.advance(file.size);
            return { file, ...outcome };
        });
        done.push(...results);
    }
    progress.done();
    return done;
}

// EXTERNAL MODULE: ./build/source/src/registry/index.js + 16 modules
var registry = __webpack_require__(36487);
;// CONCATENATED MODULE: ./build/source/src/promote/destinations.js




/**
 * `oci:PATH`, `HOST/PREFIX` and `file:PATH`, each once; paths are relative to the workspace.
 * @throws UserError when one is none of these, or may not be used in this step
 */
function parseDestinations(addresses, step) {
    if (addresses.length === 0) {
        throw new runner/* UserError */.yo("Nowhere to promote to: 'to' is empty", {
            hint: 'Write HOST/PREFIX or oci:FOLDER for images, file:FOLDER for files.',
        });
    }
    const images = [];
    const files = [];
    for (const address of new Set(addresses)) {
        if (!(0,storage/* isStoreAddress */.y)(address))
            images.push((0,registry/* resolveLocation */.KC)((0,oci/* parseLocation */.zS)(address), step));
        else
            files.push(address.startsWith('file:') ? `file:${step.resolvePath(address.slice(5))}` : address);
    }
    // An address of a kind that is not supported fails here, before anything is read.
    for (const address of files)
        (0,storage/* openStore */.C)(address);
    return { images, files };
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./build/source/src/promote/strict-yaml.js


/** @throws UserError with the place of the first mistake */
function parseStrictYaml(source, file) {
    const counter = new dist/* LineCounter */.HN();
    const document = (0,dist/* parseDocument */.Tp)(source, {
        // In the failsafe schema every scalar is text.
        schema: 'failsafe',
        lineCounter: counter,
        prettyErrors: false,
        uniqueKeys: true,
        keepSourceTokens: false,
    });
    const at = (offset) => {
        const { line, col } = counter.linePos(offset);
        return { file, line, column: col };
    };
    const locate = (node) => at(isNode(node) ? (node.range?.[0] ?? 0) : 0);
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem)
        throw new runner/* UserError */.yo(problem.message, { location: at(problem.pos[0]) });
    const wrong = (node, what, shape) => new runner/* UserError */.yo(`${what} is not ${shape}`, { location: locate(node) });
    const resolved = (node) => {
        if (!(0,dist/* isAlias */.Vj)(node))
            return node;
        const target = node.resolve(document);
        if (!target)
            throw new runner/* UserError */.yo(`no anchor is called '${node.source}'`, { location: locate(node) });
        return target;
    };
    const isEmpty = (node) => node === null ||
        node === undefined ||
        ((0,dist/* isScalar */.jn)(node) && node.type === 'PLAIN' && /^(?:|~|null|Null|NULL)$/.test(String(node.value ?? '')));
    const entries = (given, what) => {
        const node = resolved(given);
        if (isEmpty(node))
            return [];
        if (!(0,dist/* isMap */.jh)(node))
            throw wrong(given, what, 'a map');
        return node.items.map(({ key, value }) => {
            const name = resolved(key);
            if (!(0,dist/* isScalar */.jn)(name) || typeof name.value !== 'string')
                throw wrong(key, `a key of ${what}`, 'text');
            return { key: name.value, keyNode: key, value };
        });
    };
    return {
        root: document.contents,
        locate,
        entries,
        text(given, what) {
            const node = resolved(given);
            if (isEmpty(node))
                return undefined;
            if (!(0,dist/* isScalar */.jn)(node) || typeof node.value !== 'string')
                throw wrong(given, what, 'text');
            return node.value;
        },
        list(given, what) {
            const node = resolved(given);
            if (isEmpty(node))
                return [];
            if (!(0,dist/* isSeq */.oP)(node))
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
const isNode = (node) => typeof node === 'object' && node !== null && 'range' in node;

;// CONCATENATED MODULE: ./build/source/src/promote/manifest.js



/**
 * A manifest with `registries` and `images` in one file.
 * @throws UserError with file, line and column
 */
function parsePlainManifest(source, file) {
    const yaml = parseStrictYaml(source, file);
    const { registries, images } = yaml.record(yaml.root, 'the manifest', ['registries', 'images', 'imagesPath']);
    const read = readImages(yaml, images);
    const empty = read.emptied[0];
    if (empty)
        throw new runner/* UserError */.yo(`the image '${empty.name}' has an empty dmap`, { location: empty.location });
    return { ...readRegistries(yaml, registries), images: read.images, findings: read.findings };
}
/**
 * `manifests/<project>/promoter-manifest.yaml` with its `images/<project>/images.yaml`.
 * @throws UserError with file, line and column
 */
function parseThinManifest(manifest, images) {
    const yaml = parseStrictYaml(manifest.source, manifest.file);
    // imagesPath has no meaning any more, but is still written.
    const { registries } = yaml.record(yaml.root, 'the manifest', ['registries', 'imagesPath']);
    const list = parseStrictYaml(images.source, images.file);
    const read = readImages(list, list.root);
    return { ...readRegistries(yaml, registries), images: read.images, findings: read.findings };
}
function readRegistries(yaml, node) {
    const found = yaml.list(node, 'registries').map((item) => {
        const { name, src } = yaml.record(item, 'a registry', ['name', 'src', 'service-account']);
        const text = yaml.text(name, 'the name of a registry');
        if (text === undefined)
            throw new runner/* UserError */.yo('a registry has no name', { location: yaml.locate(item) });
        return { location: located(yaml, name, () => (0,oci/* parseLocation */.zS)(text)), isSource: readBoolean(yaml, src), item, text };
    });
    const sources = found.filter(({ isSource }) => isSource);
    const [source, second] = sources;
    if (!source) {
        throw new runner/* UserError */.yo('no registry is the source', {
            hint: "Give one of 'registries' the line 'src: true'.",
            location: yaml.locate(node ?? yaml.root),
        });
    }
    if (second)
        throw new runner/* UserError */.yo('a second registry is the source', {
            hint: 'Only one can be.',
            location: yaml.locate(second.item),
        });
    const destinations = found.filter(({ isSource }) => !isSource).map(({ location }) => location);
    if (destinations.length === 0) {
        throw new runner/* UserError */.yo('there is no registry to promote to', { location: yaml.locate(node ?? yaml.root) });
    }
    return { source: source.location, destinations };
}
function readBoolean(yaml, node) {
    const text = yaml.text(node, 'src') ?? 'false';
    if (/^(?:true|True|TRUE)$/.test(text))
        return true;
    if (/^(?:false|False|FALSE)$/.test(text))
        return false;
    throw new runner/* UserError */.yo(`src is neither true nor false: '${text}'`, { location: yaml.locate(node) });
}
function readImages(yaml, node) {
    const read = { images: [], findings: [], emptied: [] };
    for (const item of yaml.list(node, 'images')) {
        const { name, dmap } = yaml.record(item, 'an image', ['name', 'dmap']);
        const text = yaml.text(name, 'the name of an image');
        if (text === undefined)
            throw new runner/* UserError */.yo('an image has no name', { location: yaml.locate(item) });
        if (!isName(text)) {
            read.findings.push({ location: yaml.locate(name), rule: 'name', message: `'${text}' is not a repository name` });
            continue;
        }
        const entries = yaml.entries(dmap, 'dmap');
        if (entries.length === 0)
            read.emptied.push({ name: text, location: yaml.locate(item) });
        for (const { key, keyNode, value } of entries) {
            const location = yaml.locate(keyNode);
            const tags = readTags(yaml, value, read.findings);
            if (!(0,oci/* isDigest */.Bc)(key))
                read.findings.push({ location, rule: 'digest', message: `'${key}' is not a SHA-256 digest` });
            // With a tag missing the entry would be promoted in part; it waits until it is mended.
            else if (tags)
                read.images.push({ name: text, digest: key, tags, location });
        }
    }
    return read;
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
            malformed = true;
            findings.push({ location: yaml.locate(item), rule: 'tag', message: (0,runner/* describeError */.Uc)(error).split('\n', 1)[0] ?? '' });
        }
    }
    return malformed ? undefined : tags;
}
function isName(text) {
    try {
        (0,oci/* parseReference */.F2)(`localhost/${text}`);
        return !/[:@]/.test(text);
    }
    catch {
        return false;
    }
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

;// CONCATENATED MODULE: ./build/source/src/promote/manifest-files.js




/**
 * The promoter manifests at a path: one plain file, or a folder with a thin tree
 * (`manifests/<project>/promoter-manifest.yaml` and `images/<project>/images.yaml`, at exactly that depth).
 * @throws UserError or FailedItems that name file, line and column of each mistake
 */
async function readManifests(path) {
    const found = await (0,promises_.stat)(path).catch(() => undefined);
    if (!found)
        throw new runner/* UserError */.yo(`No manifests at ${path}`, {
            hint: 'Name a manifest, or a folder with manifests/ and images/.',
        });
    if (!found.isDirectory())
        return [parsePlainManifest(await readText(path), path)];
    const projects = await thinProjects(path);
    const manifests = [];
    const failures = [];
    for (const project of projects) {
        try {
            const file = (0,external_node_path_.join)(path, 'manifests', project, thinName);
            const images = (0,external_node_path_.join)(path, 'images', project, 'images.yaml');
            const [source, imagesSource] = await Promise.all([readText(file), readText(images)]);
            manifests.push(parseThinManifest({ source, file }, { source: imagesSource, file: images }));
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            failures.push(error);
        }
    }
    if (failures.length === 1 && failures[0])
        throw failures[0];
    if (failures.length > 1)
        throw new runner/* FailedItems */.uE('Manifests that cannot be read', failures);
    return manifests;
}
const thinName = 'promoter-manifest.yaml';
async function thinProjects(path) {
    const root = (0,external_node_path_.join)(path, 'manifests');
    const entries = await (0,promises_.readdir)(root, { recursive: true, withFileTypes: true }).catch((error) => {
        throw new runner/* UserError */.yo(`${path} is no tree of manifests: ${(0,runner/* describeError */.Uc)(error)}`, {
            hint: `It needs manifests/PROJECT/${thinName} and images/PROJECT/images.yaml.`,
        });
    });
    const projects = [];
    for (const entry of entries.filter(({ name }) => name === thinName)) {
        const [project = '', ...deeper] = entry.parentPath.slice(root.length + 1).split(/[\\/]/);
        if (project === '' || deeper.length > 0) {
            throw new runner/* UserError */.yo(`${(0,external_node_path_.join)(entry.parentPath, thinName)} is not where a manifest belongs`, {
                hint: `Put it at manifests/PROJECT/${thinName}.`,
                location: { file: (0,external_node_path_.join)(entry.parentPath, thinName) },
            });
        }
        projects.push(project);
    }
    if (projects.length === 0)
        throw new runner/* UserError */.yo(`No ${thinName} below ${root}`);
    return projects.sort();
}
async function readText(path) {
    try {
        return await (0,promises_.readFile)(path, 'utf8');
    }
    catch (error) {
        throw new runner/* UserError */.yo(`Cannot read ${path}: ${(0,runner/* describeError */.Uc)(error)}`, { location: { file: path } });
    }
}

;// CONCATENATED MODULE: ./build/source/src/promote/observe.js




const imageKey = (wish) => `${formatPlace(wish.source)}@${wish.digest}`;
const destinationKey = (wish, place) => `${imageKey(wish)} ${formatPlace(place)}`;
const fileKey = (file) => `${file.destination} ${file.name}`;
const imagesAtOnce = 8;
const destinationsAtOnce = 4;
/** Reads both sides. What cannot be read in one place does not stop the others. @throws FailedItems for a store */
async function observe(wish, repositories, step) {
    const sources = new Map();
    const destinations = new Map();
    const unreadable = new Map();
    const progress = step.progress('Looking at images', wish.images.length);
    const note = async (key, found, read) => {
        try {
            step.signal.throwIfAborted();
            const value = await read();
            found.set(key, value);
            return value;
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            unreadable.set(key, (0,runner/* describeError */.Uc)(error));
            return undefined;
        }
    };
    await (0,runner/* mapConcurrently */.X2)(wish.images, imagesAtOnce, async (image) => {
        const source = await note(imageKey(image), sources, async () => readSourceImage(repositories.open(image.source), image.digest, await repositories.tags(image.source)));
        if (source) {
            await (0,runner/* mapConcurrently */.X2)(image.destinations, destinationsAtOnce, (place) => note(destinationKey(image, place), destinations, () => observeDestination(image, source, place, repositories)));
        }
        progress.advance();
    });
    progress.done();
    return { sources, destinations, unreadable, files: await observeFiles(wish) };
}
async function observeDestination(wish, source, place, repositories) {
    const repository = repositories.open(place);
    const existing = await repositories.tags(place);
    const tags = new Map();
    const interesting = [...wish.tags, ...source.evidence.flatMap(({ tag }) => tag ?? [])];
    await (0,runner/* mapConcurrently */.X2)(interesting, 4, async (tag) => {
        const found = existing.has(tag) ? await repository.headManifest(tag) : undefined;
        if (found)
            tags.set(tag, found.digest);
    });
    // What has the tag is whole, as the tag comes last; so is an index that is there, as its children come before it.
    const manifests = new Set();
    const root = rootOf(source);
    const hasRoot = wish.tags.some((tag) => tags.get(tag) === root) || (await repository.headManifest(root)) !== undefined;
    await (0,runner/* mapConcurrently */.X2)(source.manifests, 4, async ({ descriptor: { digest } }) => {
        const known = hasRoot || (digest !== root && (await repository.headManifest(digest)) !== undefined);
        if (known)
            manifests.add(digest);
    });
    const referrers = new Map();
    const subjects = new Set(source.evidence.flatMap(({ subject, tag }) => (tag === undefined ? subject : [])));
    await (0,runner/* mapConcurrently */.X2)([...subjects], 4, async (subject) => {
        const listed = await repository.listReferrers(subject);
        referrers.set(subject, new Set(listed.map(({ digest }) => digest)));
    });
    return { manifests, tags, referrers };
}
async function observeFiles(wish) {
    const found = new Map();
    const failures = [];
    await (0,runner/* mapConcurrently */.X2)(wish.files, 4, async (file) => {
        try {
            const sha256 = await (0,storage/* openStore */.C)(file.destination).digestOf(file.name);
            if (sha256 !== undefined)
                found.set(fileKey(file), sha256);
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            failures.push(error);
        }
    });
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE('Stores that cannot be read', failures);
    return found;
}

;// CONCATENATED MODULE: ./build/source/src/promote/canonical-json.js
/** JSON with sorted members and no white space: the same data always gives the same bytes. */
function canonicalJson(value) {
    return JSON.stringify(value, (_, member) => {
        if (typeof member !== 'object' || member === null || Array.isArray(member))
            return member;
        return Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)));
    });
}

;// CONCATENATED MODULE: ./build/source/src/promote/plan.js






/** Compares what shall be with what is. Pure. */
function planPromotion(wish, observation) {
    const conflicts = [
        ...wish.malformed.map(({ what, message, location }) => ({
            kind: 'malformed',
            item: (0,runner/* formatLocation */.j$)(location),
            message: `${what}: ${message}`,
        })),
        ...ambiguousTags(wish.images),
        ...wish.images.flatMap((image) => conflictsOf(image, observation)),
        ...wish.files.flatMap((file) => fileConflicts(file, observation)),
    ];
    // A destination that cannot be reached keeps its own copy waiting; everything else concerns the image everywhere.
    const blocking = conflicts.filter(({ kind, destination }) => kind !== 'unreadable' || destination === undefined);
    const blocked = new Set(blocking.map(({ item }) => item));
    return {
        images: wish.images
            .filter((image) => !blocked.has(imageKey(image)))
            .flatMap((image) => transfersOf(image, observation))
            .filter(({ manifests, evidence, tags }) => manifests.length + evidence.length + tags.length > 0),
        files: wish.files.filter((file) => isMissing(file, observation) && !isBlocked(file, blocked)),
        conflicts,
    };
}
/** SHA-256 over the canonical JSON of a plan: what was approved can be demanded by it. */
const digestOfPlan = (plan) => (0,oci/* digestOfBytes */.by)(canonicalJson(plan));
/** A tag of a destination can only name one digest. */
function ambiguousTags(images) {
    const wanted = new Map();
    for (const image of images) {
        for (const place of image.destinations) {
            for (const tag of image.tags) {
                const key = `${formatPlace(place)}:${tag}`;
                const digests = wanted.get(key) ?? new Map();
                digests.set(image.digest, [...(digests.get(image.digest) ?? []), image]);
                wanted.set(key, digests);
            }
        }
    }
    return [...wanted]
        .filter(([, digests]) => digests.size > 1)
        .flatMap(([destination, digests]) => [...digests.values()].flat().map((image) => ({
        kind: 'two digests',
        item: imageKey(image),
        destination,
        message: `${destination} is asked to be ${[...digests.keys()].sort().join(' and ')}`,
    })));
}
function conflictsOf(image, observation) {
    const item = imageKey(image);
    const unreadable = observation.unreadable.get(item);
    if (unreadable !== undefined)
        return [{ kind: 'unreadable', item, message: unreadable }];
    const source = observation.sources.get(item);
    return image.destinations.flatMap((place) => {
        const destination = formatPlace(place);
        const found = observation.destinations.get(destinationKey(image, place));
        const failed = observation.unreadable.get(destinationKey(image, place));
        if (failed !== undefined)
            return [{ kind: 'unreadable', item, destination, message: failed }];
        if (!(source && found))
            return [];
        const moved = image.tags.flatMap((tag) => {
            const there = found.tags.get(tag);
            if (there === undefined || there === image.digest)
                return [];
            const message = `${destination}:${tag} is ${there}, and a tag is never moved to another digest (${image.digest})`;
            return [{ kind: 'tag moved', item, destination, message }];
        });
        const differing = source.evidence.flatMap((evidence) => {
            const there = evidence.tag && found.tags.get(evidence.tag);
            if (there === undefined || there === rootOf(evidence))
                return [];
            const message = `${destination}:${evidence.tag} is ${there}, but ${rootOf(evidence)} at the source`;
            return [{ kind: 'evidence differs', item, destination, message }];
        });
        return [...moved, ...differing];
    });
}
function transfersOf(image, observation) {
    const source = observation.sources.get(imageKey(image));
    if (!source)
        return [];
    return image.destinations.flatMap((place) => {
        const found = observation.destinations.get(destinationKey(image, place));
        return found ? [transferTo(formatPlace(place), image, source, found)] : [];
    });
}
function transferTo(destination, image, source, found) {
    const manifests = source.manifests.filter(({ descriptor }) => !found.manifests.has(descriptor.digest));
    const evidence = source.evidence.filter((item) => !hasEvidence(found, item));
    const blobs = new Map([...manifests, ...evidence.flatMap((item) => item.manifests)]
        .flatMap(blobsOf)
        .map(({ digest, size }) => [digest, { digest, size }]));
    return {
        source: formatPlace(image.source),
        destination,
        digest: image.digest,
        blobs: [...blobs.values()],
        manifests: manifests.map(({ descriptor }) => descriptor.digest),
        evidence: evidence.map((item) => ({
            subject: item.subject,
            digest: rootOf(item),
            ...(item.tag === undefined ? {} : { tag: item.tag }),
        })),
        tags: image.tags.filter((tag) => !found.tags.has(tag)),
    };
}
const hasEvidence = (found, evidence) => evidence.tag === undefined
    ? (found.referrers.get(evidence.subject)?.has(rootOf(evidence)) ?? false)
    : found.tags.has(evidence.tag);
const isMissing = (file, observation) => observation.files.get(fileKey(file)) === undefined;
/** A file is not published without the evidence that belongs to it. */
const isBlocked = (file, blocked) => [file.name, ...file.evidence].some((name) => blocked.has(fileKey({ destination: file.destination, name })));
function fileConflicts(file, observation) {
    const there = observation.files.get(fileKey(file));
    if (there === undefined || there === file.sha256)
        return [];
    const { destination, name } = file;
    const message = `${destination}: '${name}' is there with sha256:${there}, and is never overwritten by sha256:${file.sha256}`;
    return [{ kind: 'file differs', item: fileKey(file), destination, message }];
}

;// CONCATENATED MODULE: ./build/source/src/promote/repositories.js


function openRepositories(step, plainHttp) {
    const opened = new Map();
    const listed = new Map();
    const open = (place) => {
        const key = formatPlace(place);
        const repository = opened.get(key) ?? (0,registry/* openRepository */.h_)(place.location, place.name, step, { plainHttp });
        opened.set(key, repository);
        return repository;
    };
    return {
        open,
        tags(place) {
            const key = formatPlace(place);
            const tags = listed.get(key) ??
                open(place)
                    .listTags()
                    .then((found) => new Set(found));
            listed.set(key, tags);
            return tags;
        },
    };
}

;// CONCATENATED MODULE: ./build/source/src/promote/source.js






/** Everything in a release: images to the image destinations, files and their bundles to the stores. */
function wishOfRelease(release, destinations) {
    const layout = { kind: 'layout', path: (0,external_node_path_.join)(release.directory, 'images') };
    const images = (0,src_release/* imageSubjects */.vq)(release.record).map(({ name, digest, tags }) => ({
        source: { location: layout, name },
        digest,
        tags: tags.map(oci/* parseTag */.ED),
        destinations: destinations.images.map((location) => ({ location, name })),
    }));
    const files = destinations.files.flatMap((destination) => filesOf(release, destination));
    return { images: destinations.images.length === 0 ? [] : mergeWishes(images), files, malformed: [] };
}
function filesOf(release, destination) {
    const subjects = (0,src_release/* fileSubjects */.QC)(release.record);
    const published = new Set(subjects.map(({ sha256 }) => (0,oci/* digestFromHex */.Ch)(sha256)));
    const bundles = release.record.evidence.filter((evidence) => evidence.subjects.some((digest) => published.has(digest)));
    const evidence = bundles.map((bundle) => ({
        kind: 'evidence',
        name: (0,external_node_path_.basename)(bundle.path),
        source: (0,external_node_path_.join)(release.directory, bundle.path),
        sha256: bundle.sha256,
        size: bundle.size,
        destination,
        evidence: [],
    }));
    const files = subjects.map((subject) => {
        const digest = (0,oci/* digestFromHex */.Ch)(subject.sha256);
        return {
            kind: subject.role === 'checksums' ? 'checksums' : 'file',
            name: subject.name,
            source: (0,external_node_path_.join)(release.directory, subject.path),
            sha256: subject.sha256,
            size: subject.size,
            destination,
            evidence: bundles
                .filter(({ subjects }) => subjects.includes(digest))
                .map(({ path }) => (0,external_node_path_.basename)(path))
                .sort(),
        };
    });
    const names = new Map();
    for (const file of [...evidence, ...files]) {
        const other = names.get(file.name);
        if (other)
            throw new runner/* UserError */.yo(`${other.source} and ${file.source} would both be published as ${file.name}`);
        names.set(file.name, file);
    }
    return [...names.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}
/**
 * Images by reference. Each tag is resolved once, here; from then on only the digest counts.
 * An image keeps the last part of its repository's name: `HOST/staging/hello:v1` becomes `hello:v1` below each destination.
 * @throws FailedItems that names every image that is not there
 */
async function wishOfImages(references, destinations, repositories, step) {
    if (destinations.files.length > 0) {
        throw new runner/* UserError */.yo(`Images cannot be promoted to ${destinations.files[0]}`, {
            hint: 'Write HOST/PREFIX or oci:FOLDER.',
        });
    }
    const failures = [];
    const resolved = await (0,runner/* mapConcurrently */.X2)(references, 8, async (text) => {
        const reference = (0,registry/* resolveReference */.sX)(text, step);
        const { location, name, tag } = reference;
        if (!(tag || reference.digest)) {
            throw new runner/* UserError */.yo(`'${text}' names neither a tag nor a digest`, { hint: 'Write IMAGE:TAG or IMAGE@sha256:….' });
        }
        const source = { location, name };
        const digest = reference.digest ?? (tag && (await repositories.open(source).headManifest(tag))?.digest);
        if (!digest) {
            failures.push(new runner/* UserError */.yo(`${(0,oci/* formatReference */.FH)(reference)} is not there`, { hint: 'Check the repository and the tag.' }));
            return undefined;
        }
        const target = (0,external_node_path_.basename)(name);
        return {
            source,
            digest,
            tags: tag ? [tag] : [],
            destinations: destinations.images.map((destination) => ({ location: destination, name: target })),
        };
    });
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE('Images that cannot be promoted', failures);
    return { images: mergeWishes(resolved.filter((wish) => wish !== undefined)), files: [], malformed: [] };
}
/** What promoter manifests ask for. @throws UserError when one names a layout that may not be used in this step */
function wishOfManifests(manifests, step) {
    const images = manifests.flatMap((manifest) => {
        const source = (0,registry/* resolveLocation */.KC)(manifest.source, step);
        const destinations = manifest.destinations.map((location) => (0,registry/* resolveLocation */.KC)(location, step));
        return manifest.images.map(({ name, digest, tags }) => ({
            source: { location: source, name },
            digest,
            tags,
            destinations: destinations.map((location) => ({ location, name })),
        }));
    });
    const malformed = manifests.flatMap(({ findings }) => findings.map(({ rule, message, location }) => ({ what: rule, message, location })));
    return { images: mergeWishes(images), files: [], malformed };
}

;// CONCATENATED MODULE: ./build/source/src/promote/summary.js


/** A summary is for reading; the plan itself is an output. */
const mostRows = 200;
/** What a user wants to know of a promotion: what is new where, what is blocked, and what nobody signed. */
function summaryOf(wish, observation, plan, promotion) {
    const copies = wish.images.reduce((sum, { destinations }) => sum + destinations.length, 0);
    const nothing = plan.images.length + plan.files.length + plan.conflicts.length === 0;
    const rows = [...imageRows(plan, promotion), ...fileRows(plan, promotion)];
    return [
        (0,runner/* heading */.R_)(promotion ? 'Promotion' : 'Promotion (dry run)'),
        (0,runner/* text */.Qq)(nothing
            ? `Nothing to do: ${count(copies, 'copy', 'copies')} of ${count(wish.images.length, 'image', 'images')} and ${count(wish.files.length, 'file', 'files')} are where they shall be.`
            : `${count(plan.images.length, 'copy', 'copies')} of images and ${count(plan.files.length, 'file', 'files')} ${promotion ? 'were' : 'are'} missing; ${count(plan.conflicts.length, 'conflict', 'conflicts')}. Plan ${digestOfPlan(plan)}.`),
        ...(rows.length === 0 ? [] : [(0,runner/* table */.tp)(['What', 'Where', 'New there', 'State'], rows.slice(0, mostRows))]),
        ...(rows.length > mostRows ? [(0,runner/* text */.Qq)(`${rows.length - mostRows} more rows are in the output 'plan'.`)] : []),
        ...conflictBlocks(plan),
        ...evidenceBlocks(wish, observation),
    ];
}
function imageRows(plan, promotion) {
    const outcomes = promotion?.images ?? plan.images.map((transfer) => ({ transfer }));
    return outcomes.map(({ transfer, failure }) => [
        `${transfer.source}@${transfer.digest}`,
        transfer.destination,
        [
            transfer.manifests.length > 0 ? count(transfer.manifests.length, 'manifest', 'manifests') : '',
            transfer.evidence.length > 0 ? `${transfer.evidence.length} of evidence` : '',
            transfer.tags.length > 0 ? transfer.tags.join(', ') : '',
        ]
            .filter(Boolean)
            .join('; '),
        failure ? 'failed' : promotion ? 'promoted' : 'missing',
    ]);
}
function fileRows(plan, promotion) {
    const outcomes = promotion?.files ?? plan.files.map((file) => ({ file }));
    return outcomes.map(({ file, failure }) => [
        file.name,
        file.destination,
        file.kind,
        failure ? 'failed' : promotion ? 'promoted' : 'missing',
    ]);
}
function conflictBlocks({ conflicts }) {
    if (conflicts.length === 0)
        return [];
    // The hint, a second line, is in the error that ends the step.
    const rows = conflicts
        .slice(0, mostRows)
        .map(({ kind, item, message }) => [kind, item, message.split('\n', 1)[0] ?? '']);
    return [(0,runner/* heading */.R_)('Conflicts'), (0,runner/* table */.tp)(['Kind', 'What', 'Why'], rows)];
}
function evidenceBlocks(wish, observation) {
    const bare = [...observation.sources].filter(([, { evidence }]) => evidence.length === 0).map(([image]) => image);
    const bareFiles = wish.files.filter(({ kind, evidence }) => kind === 'file' && evidence.length === 0);
    const carried = [...observation.sources.values()].reduce((sum, { evidence }) => sum + evidence.length, 0);
    if (observation.sources.size + wish.files.length === 0)
        return [];
    return [
        (0,runner/* text */.Qq)(`Evidence at the source is carried before each tag and restored where it is missing, but not judged: ${count(carried, 'piece', 'pieces')} beside images.`),
        ...(bare.length > 0 ? [(0,runner/* text */.Qq)(`Without any evidence at the source: ${listed(bare)}.`)] : []),
        ...(bareFiles.length > 0
            ? [(0,runner/* text */.Qq)(`Files without any evidence: ${listed(bareFiles.map(({ name }) => name))}.`)]
            : []),
    ];
}
const count = (amount, one, many) => `${amount} ${amount === 1 ? one : many}`;
const listed = (items) => [...items.slice(0, 20), ...(items.length > 20 ? [`and ${items.length - 20} more`] : [])].join(', ');

;// CONCATENATED MODULE: ./build/source/src/promote/promote.js










/**
 * Brings images with their evidence, and files, to their destinations; does nothing where they are already.
 * @throws FailedItems after everything else is done, when an image or file is in conflict or failed
 */
async function promote(options, step) {
    const repositories = openRepositories(step, options.plainHttp);
    const { wish, releaseDigest } = await readWish(options, repositories, step);
    const observation = await observe(wish, repositories, step);
    const plan = planPromotion(wish, observation);
    const promotion = options.dryRun ? undefined : await applyPromotion(plan, { wish, observation, repositories }, step);
    step.summary(...summaryOf(wish, observation, plan, promotion));
    const failures = failuresOf(plan, promotion, wish);
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE('Promotion is not complete', failures);
    const promoted = promotedIn(promotion);
    if (promoted.length === 0 && !options.dryRun)
        step.log.info('Everything is there already; nothing was written');
    return { releaseDigest, plan, planDigest: digestOfPlan(plan), promoted, changed: promoted.length > 0 };
}
async function readWish(options, repositories, step) {
    const { images, manifests, to } = options;
    const sources = [options.release && 'release', images.length > 0 && 'images', manifests && 'manifests'].filter(Boolean);
    if (sources.length > 1) {
        throw new runner/* UserError */.yo(`Two sources to promote from: ${sources.join(' and ')}`, { hint: 'Give one of them.' });
    }
    if (manifests !== undefined) {
        if (to.length > 0) {
            throw new runner/* UserError */.yo("Promoter manifests name their own destinations; 'to' has no meaning with them");
        }
        return { wish: wishOfManifests(await readManifests(manifests), step), releaseDigest: '' };
    }
    const destinations = parseDestinations(to, step);
    if (images.length > 0) {
        return { wish: await wishOfImages(images, destinations, repositories, step), releaseDigest: '' };
    }
    const release = await (0,src_release/* openRelease */.gS)(options.release ?? step.resolvePath('release'));
    if (destinations.files.length > 0)
        await (0,src_release/* proveSubjects */.i6)(release, step, (0,src_release/* fileSubjects */.QC)(release.record));
    return { wish: wishOfRelease(release, destinations), releaseDigest: release.digest };
}
function failuresOf(plan, promotion, wish) {
    const conflicts = plan.conflicts
        .filter(({ kind }) => kind !== 'malformed')
        .map(({ item, message }) => new runner/* UserError */.yo(`${item}: ${message}`));
    const malformed = wish.malformed.map(({ what, message, location }) => new runner/* UserError */.yo(`${what}: ${message}`, { location }));
    const failed = [...(promotion?.images ?? []), ...(promotion?.files ?? [])].flatMap(({ failure }) => failure ?? []);
    return [...malformed, ...conflicts, ...failed];
}
function promotedIn(promotion) {
    const images = (promotion?.images ?? []).flatMap(({ transfer: { destination, digest, tags } }) => tags.length === 0 ? `${destination}@${digest}` : tags.map((tag) => `${destination}:${tag}@${digest}`));
    const files = (promotion?.files ?? []).map(({ file }) => `${file.destination}/${file.name}`);
    return [...images, ...files];
}

;// CONCATENATED MODULE: ./build/source/src/promote/index.js


// EXTERNAL MODULE: ./build/source/actions/promote/definition.js
var definition = __webpack_require__(43186);
;// CONCATENATED MODULE: ./build/source/actions/promote/main.js



/* harmony default export */ const main = ((0,runner/* action */.XI)(definition/* definition */.m, async (input, step) => ({
    ...(await promote({
        release: input.release,
        images: input.images,
        manifests: input.manifests,
        to: input.to,
        plainHttp: input.plainHttp,
        dryRun: input.dryRun,
    }, step)),
})));


/***/ }),

/***/ 40320:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  y: () => (/* reexport */ isStoreAddress),
  C: () => (/* reexport */ openStore)
});

// EXTERNAL MODULE: ./build/source/src/runner/index.js + 23 modules
var runner = __webpack_require__(67936);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
;// CONCATENATED MODULE: ./build/source/src/storage/folder.js







/** The store `file:PATH`: a folder, made at the first write. */
function openFolder(address, path) {
    const root = (0,external_node_path_.resolve)(path);
    const digestOf = async (name) => {
        const target = await containedPath(root, name);
        const found = await (0,promises_.lstat)(target).catch(absent);
        if (!found)
            return undefined;
        if (!found.isFile())
            throw new runner/* UserError */.yo(`${address}: '${name}' is not a file`);
        const hash = (0,external_node_crypto_.createHash)('sha256');
        await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(target), hash);
        return hash.digest('hex');
    };
    return {
        address,
        digestOf,
        async write(name, source, sha256) {
            const existing = await digestOf(name);
            if (existing === sha256)
                return;
            if (existing !== undefined)
                throw overwrite(address, name, existing, sha256);
            const target = (0,external_node_path_.join)(root, name);
            const temporary = `${target}.${(0,external_node_crypto_.randomUUID)()}.tmp`;
            try {
                await (0,promises_.mkdir)((0,external_node_path_.dirname)(target), { recursive: true });
                // The folders made just now, or by another meanwhile, must still lie inside.
                await containedPath(root, name);
                const copied = await copy(source, temporary);
                if (copied !== sha256) {
                    throw new runner/* UserError */.yo(`Digest mismatch: ${source} was expected to be sha256:${sha256}, but is sha256:${copied}`);
                }
                await (0,promises_.rename)(temporary, target);
            }
            catch (error) {
                if (error instanceof runner/* UserError */.yo)
                    throw error;
                throw new runner/* UserError */.yo(`${address}: cannot write '${name}': ${(0,runner/* describeError */.Uc)(error)}`, {
                    hint: 'Check that the folder is writable and has space.',
                    cause: error,
                });
            }
            finally {
                await (0,promises_.rm)(temporary, { force: true }).catch(() => undefined);
            }
        },
    };
}
function overwrite(address, name, existing, wanted) {
    return new runner/* UserError */.yo(`${address}: '${name}' is there with other bytes: sha256:${existing} instead of sha256:${wanted}`, {
        hint: 'What was published is never overwritten: use another folder or version, or remove the file yourself.',
    });
}
/** Copies and answers the SHA-256 of what was written; the bytes are on the disk then. */
async function copy(source, target) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const hashing = new external_node_stream_.Transform({
        transform(chunk, _, done) {
            hash.update(chunk);
            done(null, chunk);
        },
    });
    await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(source), hashing, (0,external_node_fs_.createWriteStream)(target, { flags: 'wx', flush: true }));
    return hash.digest('hex');
}
/** The path of a name in the folder. @throws UserError when it would lead out, also by a link */
async function containedPath(root, name) {
    const parts = name.split('/');
    const malformed = name.includes('\\') || name.includes('\0') || parts.some((part) => part === '' || part === '.' || part === '..');
    if (malformed)
        throw new runner/* UserError */.yo(`'${name}' is not a name in a store`, { hint: 'Write it with / and without . or .. parts.' });
    const target = (0,external_node_path_.join)(root, ...parts);
    for (let folder = (0,external_node_path_.dirname)(target); folder.length >= root.length; folder = (0,external_node_path_.dirname)(folder)) {
        const real = await (0,promises_.realpath)(folder).catch(absent);
        if (real === undefined)
            continue;
        const way = (0,external_node_path_.relative)(await (0,promises_.realpath)(root), real);
        if (way === '..' || way.startsWith(`..${external_node_path_.sep}`))
            throw new runner/* UserError */.yo(`'${name}' leads out of ${root} by a link`);
        break;
    }
    return target;
}
function absent(error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
        return undefined;
    throw error;
}

;// CONCATENATED MODULE: ./build/source/src/storage/store.js


const kinds = {
    file: openFolder,
    s3: notYet,
    gs: notYet,
};
/** The part of an address before its colon, when a store can be named by it. */
const isStoreAddress = (address) => Object.hasOwn(kinds, address.split(':', 1)[0] ?? '');
/**
 * Opens a store by its address: `file:PATH`, `s3://BUCKET/PREFIX` or `gs://BUCKET/PREFIX`. Nothing is read or written yet.
 * @throws UserError when the address is none
 */
function openStore(address) {
    const colon = address.indexOf(':');
    const open = isStoreAddress(address) ? kinds[address.slice(0, colon)] : undefined;
    const rest = address.slice(colon + 1);
    if (!open || colon < 0 || rest === '') {
        throw new runner/* UserError */.yo(`'${address}' is not where files can lie`, { hint: 'Write file:FOLDER.' });
    }
    return open(address, rest);
}
function notYet(address) {
    throw new runner/* UserError */.yo(`${address}: this kind of store is not supported yet`, {
        hint: 'Promote to file:FOLDER, and upload the folder with the tool of the store.',
    });
}

;// CONCATENATED MODULE: ./build/source/src/storage/index.js
/** Where files are published to: a folder now (`file:PATH`); S3 and GCS have the same door. */



/***/ })

};
