export const id = 4769;
export const ids = [4769];
export const modules = {

/***/ 54769:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cX: () => (/* reexport */ auditMirrors),
  c_: () => (/* reexport */ auditOutputs),
  Nu: () => (/* reexport */ destinationsOf),
  an: () => (/* reexport */ mirroredFiles),
  F2: () => (/* reexport */ mirroredImages),
  ph: () => (/* reexport */ readMirrors),
  JA: () => (/* reexport */ writeRedirects)
});

// UNUSED EXPORTS: parseMirrors

// EXTERNAL MODULE: ./build/source/src/manifests/index.js + 20 modules
var src_manifests = __webpack_require__(37183);
// EXTERNAL MODULE: ./build/source/src/release/index.js + 8 modules
var release = __webpack_require__(43987);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/source/src/oci/index.js + 4 modules
var oci = __webpack_require__(3811);
// EXTERNAL MODULE: ./build/source/src/storage/index.js + 19 modules
var storage = __webpack_require__(54842);
// EXTERNAL MODULE: ./build/source/src/yaml/index.js + 3 modules
var src_yaml = __webpack_require__(52612);
;// CONCATENATED MODULE: ./build/source/src/mirrors/claims.js

/** @throws UserError that names both places, when it is taken */
function claim(taken, key, location, what) {
    const first = taken.get(key);
    if (first)
        throw new runner/* UserError */.yo(`${what} is there twice`, { hint: `First at ${(0,runner/* formatLocation */.j$)(first)}.`, location });
    taken.set(key, location);
}

;// CONCATENATED MODULE: ./build/source/src/mirrors/policy.js
const mirrorStates = ['serving', 'drained'];
/** `HOST/PREFIX`. */
const formatRegistry = ({ host, prefix }) => [host, prefix].filter(Boolean).join('/');

;// CONCATENATED MODULE: ./build/source/src/mirrors/read.js







/**
 * Reads a mirrors policy; its JSON schema is schema/mirrors.schema.json. Paths of `file:` stores are made absolute.
 * @throws UserError with file, line and column of the first mistake
 */
async function readMirrors(path, step) {
    const source = await (0,promises_.readFile)(path, 'utf8').catch((error) => {
        throw new runner/* UserError */.yo(`Cannot read the mirrors policy ${path}: ${(0,runner/* describeError */.Uc)(error)}`);
    });
    const mirrors = parseMirrors(source, path);
    const vendors = mirrors.vendors.map((vendor) => ({
        ...vendor,
        mirrors: vendor.mirrors.map((mirror) => mirror.files?.startsWith('file:')
            ? { ...mirror, files: `file:${step.resolvePath(mirror.files.slice(5))}` }
            : mirror),
    }));
    return { ...mirrors, vendors };
}
/**
 * A mirrors policy by its text.
 * @throws UserError with file, line and column of the first mistake
 */
function parseMirrors(source, file) {
    const yaml = (0,src_yaml/* parseStrictYaml */.A)(source, file);
    const { canonical, vendors } = yaml.record(yaml.root, 'the mirrors policy', ['canonical', 'vendors']);
    const claims = { vendors: new Map(), registries: new Map(), stores: new Map() };
    const read = yaml.list(vendors, 'vendors').map((node) => readVendor(yaml, node, claims));
    if (read.length === 0) {
        throw new runner/* UserError */.yo('there are no vendors', {
            hint: "List at least one below 'vendors', with a name, a share and mirrors.",
            location: yaml.locate(vendors ?? yaml.root),
        });
    }
    requireWholeShare(read, yaml, vendors);
    return { canonical: readCanonical(yaml, canonical, read), vendors: read };
}
function readVendor(yaml, node, claims) {
    const { name: nameNode, share, mirrors } = yaml.record(node, 'a vendor', ['name', 'share', 'mirrors']);
    const name = readWord(yaml, nameNode ?? node, yaml.text(nameNode, 'the name of a vendor'), 'the name of a vendor', 16);
    claim(claims.vendors, name, yaml.locate(nameNode), `the vendor '${name}'`);
    const regions = new Map();
    const read = yaml.list(mirrors, `the mirrors of ${name}`).map((mirror) => readMirror(yaml, mirror, claims, regions));
    if (read.length === 0)
        throw new runner/* UserError */.yo(`the vendor '${name}' has no mirrors`, { location: yaml.locate(node) });
    return { name, share: readShare(yaml, share ?? node, yaml.text(share, `the share of ${name}`), name), mirrors: read };
}
function readMirror(yaml, node, claims, regions) {
    const fields = yaml.record(node, 'a mirror', ['region', 'registry', 'files', 'serves', 'state']);
    const readRegion = (given) => {
        const region = readWord(yaml, given ?? node, yaml.text(given, 'a region'), 'a region', 29);
        claim(regions, region, yaml.locate(given), `the region '${region}'`);
        return region;
    };
    const region = readRegion(fields.region);
    const registry = readRegistry(yaml, fields.registry ?? node, yaml.text(fields.registry, 'registry'));
    claimRegistry(claims, registry, yaml.locate(fields.registry));
    const files = yaml.text(fields.files, 'files');
    if (files !== undefined) {
        if (!(0,storage/* isStoreAddress */.yx)(files)) {
            throw new runner/* UserError */.yo(`'${files}' is not where files can lie`, {
                hint: 'Write gs://BUCKET/PREFIX, s3://BUCKET/PREFIX or file:FOLDER.',
                location: yaml.locate(fields.files),
            });
        }
        claim(claims.stores, files, yaml.locate(fields.files), `the store '${files}'`);
    }
    return {
        region,
        registry,
        ...(files === undefined ? {} : { files }),
        serves: [region, ...yaml.list(fields.serves, 'serves').map(readRegion)],
        state: readState(yaml, fields.state),
    };
}
// The longest that fits a bucket of nginx's map beside each other is 46 characters: VENDOR/REGION.
function readWord(yaml, node, text, what, longest) {
    if (text !== undefined && text.length <= longest && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text))
        return text;
    throw new runner/* UserError */.yo(text === undefined ? `${what} is missing` : `${what} is not a word: '${text}'`, {
        hint: `Write up to ${longest} lower-case letters and digits, with - between them.`,
        location: yaml.locate(node),
    });
}
function readShare(yaml, node, text, vendor) {
    const share = text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
    if (share <= 100)
        return share;
    throw new runner/* UserError */.yo(text === undefined ? `the vendor '${vendor}' has no share` : `the share of ${vendor} is no per cent: '${text}'`, { hint: 'Write a whole number from 0 to 100.', location: yaml.locate(node) });
}
function readState(yaml, node) {
    const text = yaml.text(node, 'state') ?? 'serving';
    const state = mirrorStates.find((known) => known === text);
    if (state)
        return state;
    const near = (0,runner/* suggest */.ZA)(text, mirrorStates);
    throw new runner/* UserError */.yo(`a mirror has the unknown state '${text}'`, {
        hint: near ? `Did you mean '${near}'?` : `Known are ${mirrorStates.join(' and ')}.`,
        location: yaml.locate(node),
    });
}
function readRegistry(yaml, node, text) {
    const at = { hint: 'Write HOST/PATH, such as registry.example.com/images.', location: yaml.locate(node) };
    if (text === undefined)
        throw new runner/* UserError */.yo('a registry is missing', at);
    try {
        const location = (0,oci/* parseLocation */.zS)(text);
        if (location.kind === 'registry')
            return location;
    }
    catch (error) {
        if (!(error instanceof runner/* UserError */.yo))
            throw error;
        throw new runner/* UserError */.yo(error.message, at);
    }
    throw new runner/* UserError */.yo(`'${text}' is not a registry, and cannot serve clients`, at);
}
/** Nor may one registry lie inside another: a repository there would belong to both. */
function claimRegistry({ registries }, registry, location) {
    const text = formatRegistry(registry);
    for (const other of registries.keys()) {
        if (!`${text}/`.startsWith(`${other}/`) && !`${other}/`.startsWith(`${text}/`))
            continue;
        if (other !== text)
            throw new runner/* UserError */.yo(`the registries '${text}' and '${other}' lie inside each other`, { location });
    }
    claim(registries, text, location, `the registry '${text}'`);
}
function requireWholeShare(vendors, yaml, node) {
    const sum = vendors.reduce((total, { share }) => total + share, 0);
    if (sum === 100)
        return;
    throw new runner/* UserError */.yo(`the shares of the vendors add up to ${sum}, not 100`, { location: yaml.locate(node) });
}
function readCanonical(yaml, node, vendors) {
    const registry = readRegistry(yaml, node ?? yaml.root, yaml.text(node, 'canonical'));
    const text = formatRegistry(registry);
    const all = vendors.flatMap(({ mirrors }) => mirrors);
    const mirror = all.find((candidate) => formatRegistry(candidate.registry) === text);
    if (!mirror) {
        const near = (0,runner/* suggest */.ZA)(text, all.map((candidate) => formatRegistry(candidate.registry)));
        throw new runner/* UserError */.yo(`canonical is the registry of no mirror: '${text}'`, {
            hint: near ? `Did you mean '${near}'?` : 'List it below a vendor, too.',
            location: yaml.locate(node),
        });
    }
    if (mirror.state === 'drained') {
        throw new runner/* UserError */.yo('canonical is drained, and nothing would be left to fall back to', {
            location: yaml.locate(node),
        });
    }
    return registry;
}

;// CONCATENATED MODULE: ./build/source/src/mirrors/destinations.js


/** The canonical registry comes first, then the order of the policy. */
function destinationsOf(mirrors) {
    const canonical = formatRegistry(mirrors.canonical);
    const isCanonical = ({ registry }) => formatRegistry(registry) === canonical;
    const all = mirrors.vendors.flatMap((vendor) => vendor.mirrors);
    const sorted = [...all.filter(isCanonical), ...all.filter((mirror) => !isCanonical(mirror))];
    return { images: sorted.map(({ registry }) => registry), files: sorted.flatMap(({ files }) => files ?? []) };
}
/**
 * Where the images of a manifest go at all mirrors, in the order of `destinationsOf`: a destination `MIRROR/PATH` in the manifest
 * stands for the same path at each of them.
 * @throws UserError when one lies at no mirror, or they have different paths: then the manifest and the policy disagree
 */
function mirroredImages(mirrors, { destinations, location }) {
    const { images } = destinationsOf(mirrors);
    const texts = destinations.map((place) => (place.kind === 'registry' ? formatRegistry(place) : `oci:${place.path}`));
    const path = commonPath(images.map(formatRegistry), texts, location);
    return images.map((registry) => ({ ...registry, prefix: [registry.prefix, path].filter(Boolean).join('/') }));
}
/** Where the files of a manifest go at all mirrors that have files; like `mirroredImages`. @throws UserError */
function mirroredFiles(mirrors, { destinations, location }) {
    const { files } = destinationsOf(mirrors);
    const path = commonPath(files, destinations, location);
    return files.map((address) => [address, path].filter(Boolean).join('/'));
}
/** What follows the mirror in each of the destinations. */
function commonPath(mirrors, destinations, location) {
    const paths = destinations.map((destination) => {
        const mirror = mirrors.find((address) => `${destination}/`.startsWith(`${address}/`));
        if (mirror !== undefined)
            return destination.slice(mirror.length + 1);
        throw new runner/* UserError */.yo(`${destination} lies at none of the mirrors`, {
            hint: 'Add it to the mirrors policy, or take it out of the manifest.',
            location,
        });
    });
    const [path = '', ...others] = [...new Set(paths)];
    if (others.length === 0)
        return path;
    const listed = [path, ...others].map((each) => each || '(nothing)').join(', ');
    throw new runner/* UserError */.yo(`the destinations have different paths at the mirrors: ${listed}`, { location });
}

;// CONCATENATED MODULE: ./build/source/src/mirrors/audit/work.js

function createCount() {
    const counts = new Map();
    return {
        add(mirror, what) {
            const known = counts.get(mirror) ?? { mirror, repositories: 0, files: 0 };
            counts.set(mirror, { ...known, [what]: known[what] + 1 });
        },
        mirrors: () => [...counts.values()].sort((left, right) => (left.mirror < right.mirror ? -1 : 1)),
    };
}
/** A line that cannot be promoted is not passed over: what was meant by it is at no mirror. */
const malformedLines = ({ findings, }) => findings.map(({ message, location }) => ({
    kind: 'malformed',
    mirror: '',
    item: (0,runner/* formatLocation */.j$)(location),
    message,
    location,
}));

;// CONCATENATED MODULE: ./build/source/src/mirrors/audit/files.js





const filesAtOnce = 8;
/**
 * Compares files in stores with their manifests: one list a store, and bytes only where the store cannot tell their SHA-256.
 * @param mirrors undefined for the stores that the manifests name
 */
async function auditFiles(manifests, mirrors, work) {
    const wanted = new Map();
    for (const manifest of manifests) {
        for (const address of mirrors ? mirroredFiles(mirrors, manifest) : ownStores(manifest, work.step)) {
            const files = wanted.get(address) ?? [];
            for (const file of manifest.files)
                files.push(file);
            wanted.set(address, files);
        }
    }
    const named = new Set([...wanted].flatMap(([address, files]) => files.map(({ name }) => `${address}/${name}`)));
    const progress = work.step.progress('Auditing files', [...wanted.values()].reduce((sum, files) => sum + files.length, 0));
    const findings = [];
    for (const [address, files] of wanted) {
        findings.push(...(await auditStore((0,storage/* openStore */.Ch)(address, work.step), files, named, work)));
        progress.advance(files.length);
    }
    progress.done();
    return [...manifests.flatMap(malformedLines), ...findings];
}
const ownStores = ({ destinations }, step) => destinations.map((address) => address.startsWith('file:') ? `file:${step.resolvePath(address.slice('file:'.length))}` : address);
/** @param named addresses of all files in all manifests: stores may lie inside each other */
async function auditStore(store, files, named, { patience, count }) {
    const mirror = store.address;
    const itemOf = (name) => `${mirror}/${name}`;
    for (const _ of files)
        count(mirror, 'files');
    const list = await patience.attempt(mirror, () => store.list(''));
    if ('failure' in list)
        return [{ kind: 'unreadable', mirror, item: mirror, message: list.failure }];
    const stored = new Map(list.result.map((file) => [file.name, file]));
    const judged = await (0,runner/* mapConcurrently */.X2)(files, filesAtOnce, async (file) => {
        const place = { mirror, item: itemOf(file.name), location: file.location };
        const digest = await patience.attempt(mirror, () => digestOf(stored.get(file.name), store));
        if ('failure' in digest)
            return [{ ...place, kind: 'unreadable', message: digest.failure }];
        const finding = judgeFile(file, digest.result);
        return finding ? [{ ...place, ...finding }] : [];
    });
    const extra = [...stored.keys()].filter((name) => !named.has(itemOf(name)));
    return [
        ...judged.flat(),
        ...extra.map((name) => ({ kind: 'extra', mirror, item: itemOf(name), message: 'no manifest names the file' })),
    ];
}
const digestOf = async (file, store) => file && (file.sha256 ?? (await store.digestOf(file.name)));
function judgeFile({ sha256 }, there) {
    if (there === sha256)
        return undefined;
    const expected = (0,oci/* digestFromHex */.Ch)(sha256);
    if (there === undefined)
        return { kind: 'missing', message: `the file is not there: ${expected}`, expected };
    const found = (0,oci/* digestFromHex */.Ch)(there);
    return { kind: 'moved', message: `the file is ${found}, not ${expected}`, expected, found };
}

;// CONCATENATED MODULE: ./build/source/src/mirrors/audit/expected.js

/** `HOST/NAME` or `oci:PATH:NAME`. */
const formatPlace = ({ location, name }) => (0,oci/* formatReference */.FH)({ location, name });
/** What manifests ask for, by repository. One that several manifests name shall have the images of all of them. */
function expectedRepositories(manifests) {
    const lists = [];
    const places = new Map();
    for (const { manifest, targets } of manifests) {
        for (const [name, images] of byName(manifest)) {
            const list = lists.push(images) - 1;
            for (const target of targets) {
                const place = { ...target, name };
                const key = formatPlace(place);
                const known = places.get(key) ?? { place, lists: [] };
                if (!known.lists.includes(list))
                    known.lists.push(list);
                places.set(key, known);
            }
        }
    }
    const repositories = new Map();
    for (const { place, lists: own } of places.values()) {
        const repository = repositories.get(own.join()) ?? { places: [], lists: own };
        repository.places.push(place);
        repositories.set(own.join(), repository);
    }
    return [...repositories.values()].map(({ places: found, lists: own }) => ({
        places: found,
        images: merged(own.flatMap((list) => lists[list] ?? [])),
    }));
}
function byName({ project, images }) {
    const names = new Map();
    for (const { name, digest, tags, location } of images) {
        const list = names.get(name) ?? [];
        list.push({ project, digest, tags, location });
        names.set(name, list);
    }
    return names;
}
/** A digest that several lines name shall have the tags of all. */
function merged(images) {
    const digests = new Map();
    for (const image of images) {
        const known = digests.get(image.digest);
        digests.set(image.digest, known ? { ...known, tags: [...new Set([...known.tags, ...image.tags])] } : image);
    }
    return [...digests.values()];
}

;// CONCATENATED MODULE: ./build/source/src/mirrors/audit/findings.js

/**
 * What is wrong at a mirror:
 * `missing`    a tag, a manifest or a file is not there
 * `moved`      a tag is another digest, a file has other bytes
 * `extra`      a tag that no manifest names
 * `unsigned`   an image without a signature, or without what the evidence policy demands
 * `differing`  evidence that another mirror has, or has with another digest
 * `unreadable` nobody can tell
 * `malformed`  a line of a manifest that asks for nothing that could be looked for
 */
const findingKinds = ['missing', 'moved', 'extra', 'unsigned', 'differing', 'unreadable', 'malformed'];
/** A finding at a place; `item` is what follows the repository's address. */
const at = (place, finding) => ({
    ...finding,
    mirror: place.mirror,
    item: `${formatPlace(place)}${finding.item}`,
});
/** The same findings in the same order in every run. */
function sortFindings(findings) {
    return findings
        .map((finding) => ({ finding, key: [finding.mirror, finding.item, finding.kind, finding.message].join('\n') }))
        .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
        .map(({ finding }) => finding);
}

// EXTERNAL MODULE: ./build/source/src/policy/index.js + 13 modules
var src_policy = __webpack_require__(75589);
// EXTERNAL MODULE: ./build/source/src/registry/index.js + 25 modules
var registry = __webpack_require__(51408);
;// CONCATENATED MODULE: ./build/source/src/mirrors/audit/compare-evidence.js


/** What evidence is known by at every mirror: its tag, under which it could be other bytes, or its digest as a referrer. */
const keyOf = ({ tag, digest }) => tag ?? digest;
/**
 * Evidence that some mirrors have and others lack, or have with other bytes under the same tag: whoever verifies an image would
 * find something else at each of them.
 * @param before where it was found that nothing signs a manifest, the signatures that it lacks are no further finding
 */
function compareEvidence(manifests, places, before) {
    const unsigned = new Set(before.filter(({ kind }) => kind === 'unsigned').map(({ item }) => item));
    return [...manifests].flatMap((manifest) => {
        const holders = places.filter(({ found }) => found.manifests.has(manifest));
        const first = new Map();
        for (const holder of holders) {
            for (const evidence of holder.found.evidence.get(manifest) ?? []) {
                if (!first.has(keyOf(evidence)))
                    first.set(keyOf(evidence), { evidence, holder });
            }
        }
        if (first.size === 0)
            return [];
        return holders.flatMap(({ place, found }) => {
            const own = new Map(found.evidence.get(manifest)?.map((evidence) => [keyOf(evidence), evidence.digest]));
            const isUnsigned = unsigned.has(`${formatPlace(place)}@${manifest}`);
            const differences = [...first].flatMap(([key, { evidence, holder }]) => {
                const there = own.get(key);
                if (there === evidence.digest)
                    return [];
                const elsewhere = formatPlace(holder.place);
                if (there !== undefined)
                    return [`${key} is ${there} here, and ${evidence.digest} at ${elsewhere}`];
                if (isUnsigned && evidence.isSignature)
                    return [];
                return [`${key} is not here, but at ${elsewhere}`];
            });
            if (differences.length === 0)
                return [];
            return [at(place, { kind: 'differing', item: `@${manifest}`, message: differences.sort().join('; ') })];
        });
    });
}

;// CONCATENATED MODULE: ./build/source/src/mirrors/audit/evidence.js



const subjectsAtOnce = 4;
/**
 * What lies beside manifests, and beside that: by cosign's older tags, and as referrers.
 * @param elsewhere what another mirror has. A registry that lists all its manifests, as Google's do, makes referrers of those that
 * have a subject: where it has every referrer of the other mirror, it is not asked for them once more.
 */
async function findEvidence({ repository, listing }, subjects, elsewhere) {
    const referrersOf = async (subject, isSigned) => {
        const known = elsewhere?.get(subject)?.filter(({ tag }) => tag === undefined);
        const isAll = known?.every(({ digest }) => listing.manifests?.has(digest)) && (known.length > 0 || isSigned);
        if (known && isAll && listing.manifests)
            return known;
        const referrers = await repository.listReferrers(subject, listing);
        return (0,runner/* mapConcurrently */.X2)(referrers, subjectsAtOnce, async (referrer) => ({
            digest: referrer.digest,
            isSignature: isSignature(await typeOf(referrer, repository)),
        }));
    };
    const evidenceOf = async (subject) => {
        const tagged = await (0,runner/* mapConcurrently */.X2)(olderTags(subject), 3, async (tag) => {
            if (!listing.tags.has(tag))
                return [];
            const digest = listing.digests?.get(tag) ?? (await repository.headManifest(tag))?.digest;
            return digest === undefined ? [] : [{ digest, tag, isSignature: tag.endsWith('.sig') }];
        });
        const tags = tagged.flat();
        return [
            ...tags,
            ...(await referrersOf(subject, tags.some((evidence) => evidence.isSignature))),
        ];
    };
    const found = new Map();
    for (let next = [...subjects]; next.length > 0;) {
        const evidence = await (0,runner/* mapConcurrently */.X2)(next, subjectsAtOnce, evidenceOf);
        for (const [index, subject] of next.entries())
            found.set(subject, evidence[index] ?? []);
        // Evidence can have evidence of its own. Only its tags matter here: they must not be taken for tags that nobody knows.
        const digests = new Set(evidence.flat().map(({ digest }) => digest));
        next = [...digests].filter((digest) => !found.has(digest) && tagsOf(digest).some((tag) => listing.tags.has(tag)));
    }
    return found;
}
/** Where cosign before 3.0 keeps what it makes. */
const olderTags = (subject) => ['sig', 'att', 'sbom'].map((kind) => (0,oci/* parseTag */.ED)(`sha256-${(0,oci/* hexOf */.ZD)(subject)}.${kind}`));
/** Source: distribution specification 1.1, "Referrers Tag Schema", beside the older ones. */
const tagsOf = (subject) => [(0,oci/* parseTag */.ED)(`sha256-${(0,oci/* hexOf */.ZD)(subject)}`), ...olderTags(subject)];
/** The manifest that an evidence tag or a fallback tag is about; undefined for any other tag. */
function subjectOfTag(tag) {
    const hex = /^sha256-([0-9a-f]{64})(?:\.(?:sig|att|sbom))?$/.exec(tag)?.[1];
    return hex === undefined ? undefined : `sha256:${hex}`;
}
/** Some registries list the media type of a referrer's config, which is the empty one where the artifact's type is elsewhere. */
async function typeOf({ artifactType = oci/* mediaTypes */.Ib.empty, digest }, repository) {
    if (artifactType !== oci/* mediaTypes */.Ib.empty)
        return artifactType;
    const stored = await repository.readManifest(digest);
    return (stored && (0,registry/* referrerOf */.N1)(stored).descriptor.artifactType) ?? '';
}
/** Sigstore's bundles, cosign's older signatures as referrers, and the Notary Project's. */
const isSignature = (artifactType) => /^application\/vnd\.(?:dev\.sigstore\.bundle|dev\.cosign\.artifact\.sig|cncf\.notary\.signature)\b/.test(artifactType);

;// CONCATENATED MODULE: ./build/source/src/mirrors/audit/judge.js



/** What the mirrors of one repository lack, have too much, or have otherwise than the manifests and each other. */
function judgeRepository({ images, places }) {
    const readable = places.flatMap((observed) => ('found' in observed ? observed : []));
    const unreadable = places.flatMap((observed) => ('failure' in observed ? observed : []));
    const manifests = new Set(images.flatMap((image) => image.manifests));
    const evidence = readable.flatMap(({ found }) => [...found.evidence.values()].flat().map(({ digest }) => digest));
    const named = {
        tags: new Set(images.flatMap(({ image }) => image.tags)),
        digests: new Set([...manifests, ...evidence]),
    };
    const findings = [
        ...unreadable.map(({ place, failure }) => at(place, { kind: 'unreadable', item: '', message: failure })),
        ...readable.flatMap(({ place, found }) => [
            ...images.flatMap((image) => judgeImage(image, place, found)),
            ...extraTags(place, found, named),
        ]),
    ];
    return [...findings, ...compareEvidence(manifests, readable, findings)];
}
function judgeImage(observed, place, found) {
    const { image, manifests, failure } = observed;
    const { digest, location } = image;
    const tags = image.tags.flatMap((tag) => {
        const there = found.tags.get(tag);
        if (there === digest)
            return [];
        const item = `:${tag}`;
        if (there === undefined) {
            return [
                at(place, { kind: 'missing', item, message: `the tag is not there: ${digest}`, expected: digest, location }),
            ];
        }
        const message = `the tag is ${there}, not ${digest}`;
        return [at(place, { kind: 'moved', item, message, expected: digest, found: there, location })];
    });
    if (!found.manifests.has(digest)) {
        // Without its image a tag can't be there; that says nothing more.
        const moved = tags.filter(({ kind }) => kind === 'moved');
        const lacking = image.tags.length === 0 ? '' : `, and neither are its tags: ${image.tags.join(', ')}`;
        const message = `the image is not there${moved.length === 0 ? lacking : ''}`;
        return [at(place, { kind: 'missing', item: `@${digest}`, message, expected: digest, location }), ...moved];
    }
    const children = manifests.slice(0, -1).filter((child) => !found.manifests.has(child));
    return [
        ...tags,
        ...children.map((child) => {
            const message = `the manifest is not there, which ${digest} lists`;
            return at(place, { kind: 'missing', item: `@${child}`, message, expected: child, location });
        }),
        ...(failure === undefined
            ? []
            : [at(place, { kind: 'unreadable', item: `@${digest}`, message: failure, location })]),
        ...judgeEvidence(observed, place, found),
    ];
}
/** By the policy's verdict; without a policy by whether there is anything that says it is a signature. */
function judgeEvidence({ image, manifests }, place, found) {
    const { digest, location } = image;
    const verdict = found.verdicts.get(digest);
    if (verdict) {
        return verdict.findings.map(({ manifest, message }) => at(place, {
            kind: 'unsigned',
            item: `@${manifest}`,
            message,
            location,
            ...(verdict.mode === 'warn' ? { warning: true } : {}),
        }));
    }
    return manifests
        .filter((manifest) => found.manifests.has(manifest) && !isSigned(manifest, found))
        .map((manifest) => {
        const message = manifest === digest ? 'nothing signs it' : `nothing signs it, which ${digest} lists`;
        return at(place, { kind: 'unsigned', item: `@${manifest}`, message, location });
    });
}
const isSigned = (manifest, { evidence }) => evidence.get(manifest)?.some(({ isSignature }) => isSignature) ?? false;
function extraTags(place, found, named) {
    return [...found.tags]
        .filter(([tag]) => {
        const subject = subjectOfTag(tag);
        return !(named.tags.has(tag) || (subject !== undefined && named.digests.has(subject)));
    })
        .map(([tag, digest]) => at(place, {
        kind: 'extra',
        item: `:${tag}`,
        message: 'no manifest names the tag',
        ...(digest === undefined ? {} : { found: digest }),
    }));
}

;// CONCATENATED MODULE: ./build/source/src/mirrors/audit/tree.js


/** More than any image has; it bounds what a hostile index can make us read. */
const mostManifests = 2000;
/**
 * The digests of all manifests of an image, the root last. An index is read once, from the first repository that can give it:
 * a digest stands for the same bytes everywhere. Manifests that are no index are not read.
 * @throws UserError when nobody can give an index, or it is malformed
 */
async function readTree(root, repositories) {
    const found = new Set();
    const visit = async (digest) => {
        const stored = await readAnywhere(digest, repositories);
        for (const child of childrenOf(stored)) {
            if (found.has(child.digest))
                continue;
            if (found.size >= mostManifests)
                throw new runner/* UserError */.yo(`${root} has too many manifests`);
            found.add(child.digest);
            if (isIndex(child.mediaType))
                await visit(child.digest);
        }
    };
    await visit(root);
    found.delete(root);
    return [...found, root];
}
async function readAnywhere(digest, repositories) {
    let failure = new runner/* UserError */.yo(`${digest} is nowhere`);
    for (const repository of repositories) {
        try {
            const stored = await repository.readManifest(digest);
            if (stored)
                return stored;
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            failure = error;
        }
    }
    throw failure;
}
const isIndex = (mediaType) => mediaType === oci/* mediaTypes */.Ib.index || mediaType === oci/* mediaTypes */.Ib.dockerManifestList;
const childrenOf = ({ descriptor, bytes }) => isIndex(descriptor.mediaType) ? (0,oci/* parseIndex */.A1)(bytes, descriptor.digest).manifests : [];

;// CONCATENATED MODULE: ./build/source/src/mirrors/audit/observe.js



const placesAtOnce = 8;
const requestsAtOnce = 4;
/** Looks at one repository at all its mirrors: one listing each, and what the listing does not tell. */
async function observeRepository({ images, places }, context) {
    const looked = await (0,runner/* mapConcurrently */.X2)(places, placesAtOnce, async (place) => {
        return { place, ...(await context.patience.attempt(place.mirror, () => look(images, context.open(place)))) };
    });
    const present = looked.flatMap((tried) => ('result' in tried ? tried.result : []));
    const observed = await (0,runner/* mapConcurrently */.X2)(images, requestsAtOnce, (image) => observeImage(image, present));
    let first;
    const examine = async (tried) => {
        const { place } = tried;
        if ('failure' in tried)
            return { place, failure: tried.failure };
        const found = await context.patience.attempt(place.mirror, async () => {
            const examined = await examineAll(tried.result, observed, first, context.verdicts);
            first ??= examined.evidence;
            return examined;
        });
        return 'failure' in found ? { place, failure: found.failure } : { place, found: found.result };
    };
    // The first one that can be read tells what to expect at the others.
    const examined = [];
    while (first === undefined && examined.length < looked.length) {
        const next = looked[examined.length];
        if (next)
            examined.push(await examine(next));
    }
    const others = await (0,runner/* mapConcurrently */.X2)(looked.slice(examined.length), placesAtOnce, examine);
    return { images: observed, places: [...examined, ...others] };
}
/** The tags, and which of the images are there. */
async function look(images, repository) {
    const listing = await repository.list();
    const tags = new Map([...listing.tags].map((tag) => [tag, listing.digests?.get(tag)]));
    const unknown = images.flatMap((image) => image.tags).filter((tag) => tags.has(tag) && tags.get(tag) === undefined);
    await (0,runner/* mapConcurrently */.X2)(unknown, requestsAtOnce, async (tag) => {
        const digest = (await repository.headManifest(tag))?.digest;
        if (digest === undefined)
            tags.delete(tag);
        else
            tags.set(tag, digest);
    });
    const tagged = new Set([...tags.values()].filter((digest) => digest !== undefined));
    const roots = images.map(({ digest }) => digest);
    return { repository, listing, tags, manifests: await presentAmong(roots, { repository, listing }, tagged) };
}
/** Which of the digests the repository has. @param known to be there */
async function presentAmong(digests, { repository, listing }, known) {
    const found = await (0,runner/* mapConcurrently */.X2)(digests, requestsAtOnce, async (digest) => {
        const isThere = known.has(digest) || (listing.manifests?.has(digest) ?? (await repository.headManifest(digest)) !== undefined);
        return isThere ? [digest] : [];
    });
    return new Set(found.flat());
}
async function observeImage(image, looked) {
    const holders = looked.filter(({ manifests }) => manifests.has(image.digest)).map(({ repository }) => repository);
    if (holders.length === 0)
        return { image, manifests: [image.digest] };
    try {
        return { image, manifests: await readTree(image.digest, holders) };
    }
    catch (error) {
        if (!(error instanceof runner/* UserError */.yo))
            throw error;
        return { image, manifests: [image.digest], failure: (0,runner/* describeError */.Uc)(error) };
    }
}
/** The children of the images that are there, and all evidence. */
async function examineAll(looked, images, elsewhere, reader) {
    const present = images.filter(({ image }) => looked.manifests.has(image.digest));
    const digests = [...new Set(present.flatMap(({ manifests }) => manifests))];
    const manifests = await presentAmong(digests, looked, looked.manifests);
    const evidence = await findEvidence(looked, [...manifests], elsewhere);
    const verdicts = new Map();
    // An image that lacks a manifest is found to be so; there is nothing whole to judge.
    const whole = reader ? present.filter((image) => image.manifests.every((digest) => manifests.has(digest))) : [];
    await (0,runner/* mapConcurrently */.X2)(whole, requestsAtOnce, async (image) => {
        const verdict = await reader?.read(image, evidence, looked.repository);
        if (verdict)
            verdicts.set(image.image.digest, verdict);
    });
    return { tags: looked.tags, manifests, evidence, verdicts };
}

;// CONCATENATED MODULE: ./build/source/src/mirrors/audit/verdicts.js


const manifestsAtOnce = 4;
function createVerdictReader(judge) {
    const verdicts = new Map();
    return {
        read({ image, manifests }, evidence, repository) {
            const beside = manifests.flatMap((subject) => (evidence.get(subject) ?? []).map(({ digest, tag }) => ({ subject, digest, ...(tag ? { tag } : {}) })));
            // Digests stand for the bytes, so that equal ones prove the same wherever they lie.
            const key = [
                image.project,
                ...manifests,
                ...beside.map(({ subject, digest, tag }) => [subject, digest, tag].join(' ')),
            ].join('\n');
            const known = verdicts.get(key);
            if (known !== undefined)
                return known;
            const verdict = readImage(manifests, beside, repository).then((read) => judge.judge(image.project, read, repository));
            verdicts.set(key, verdict);
            // Another mirror may be able to give what this one could not.
            verdict.catch(() => verdicts.delete(key));
            return verdict;
        },
    };
}
async function readImage(manifests, beside, repository) {
    const read = async (digest) => {
        const stored = await repository.readManifest(digest);
        if (stored)
            return stored;
        throw new runner/* UserError */.yo(`${repository.address}@${digest} is not there`);
    };
    return {
        manifests: await (0,runner/* mapConcurrently */.X2)(manifests, manifestsAtOnce, read),
        evidence: await (0,runner/* mapConcurrently */.X2)(beside, manifestsAtOnce, async ({ digest, ...place }) => ({
            ...place,
            manifests: await (0,runner/* mapConcurrently */.X2)(await readTree(digest, [repository]), manifestsAtOnce, read),
        })),
    };
}

;// CONCATENATED MODULE: ./build/source/src/mirrors/audit/images.js










/** Of repositories; each is at up to some dozens of mirrors. */
const repositoriesAtOnce = 3;
/**
 * Compares images with their manifests, one repository after another, so that no more than a few are in memory.
 * @param mirrors undefined for the destinations that the manifests name
 */
async function auditImages(manifests, mirrors, { policy, plainHttp }, { step, patience, count }) {
    const targets = (manifest) => mirrors ? mirrorTargets(manifest, mirrors) : ownTargets(manifest, step);
    const expected = expectedRepositories(manifests.map((manifest) => ({ manifest, targets: targets(manifest) })));
    const judge = policy === undefined ? undefined : await (0,src_policy/* openEvidenceJudge */.RJ)(await (0,src_policy/* readEvidencePolicy */._r)(policy, step));
    const context = {
        open: ({ location, name }) => (0,registry/* openRepository */.h_)(location, name, step, { plainHttp }),
        patience,
        verdicts: judge && createVerdictReader(judge),
    };
    const progress = step.progress('Auditing repositories', expected.reduce((sum, { places }) => sum + places.length, 0));
    const findings = await (0,runner/* mapConcurrently */.X2)(expected, repositoriesAtOnce, async (repository) => {
        const found = judgeRepository(await observeRepository(repository, context));
        for (const { mirror } of repository.places)
            count(mirror, 'repositories');
        progress.advance(repository.places.length);
        return found;
    });
    progress.done();
    return [...manifests.flatMap(malformedLines), ...findings.flat()];
}
function mirrorTargets(manifest, mirrors) {
    const { images } = destinationsOf(mirrors);
    const locations = mirroredImages(mirrors, manifest);
    return images.flatMap((registry, index) => {
        const location = locations[index];
        return location ? [{ mirror: formatRegistry(registry), location }] : [];
    });
}
/** A thin tree has one destination a project at each host; the host is the mirror then. */
const ownTargets = ({ destinations }, step) => destinations.map((destination) => {
    const location = (0,registry/* resolveLocation */.KC)(destination, step);
    return { mirror: location.kind === 'registry' ? location.host : `oci:${location.path}`, location };
});

;// CONCATENATED MODULE: ./build/source/src/mirrors/audit/patience.js

const mostFailures = 3;
/** @param signal a cancellation ends all; it is no failure of a mirror */
function createPatience(signal) {
    const inSuccession = new Map();
    return {
        async attempt(mirror, work) {
            signal.throwIfAborted();
            const failures = inSuccession.get(mirror) ?? 0;
            if (failures >= mostFailures)
                return { failure: 'not asked: the mirror failed several times before' };
            try {
                const result = await work();
                inSuccession.set(mirror, 0);
                return { result };
            }
            catch (error) {
                signal.throwIfAborted();
                if (!(error instanceof runner/* UserError */.yo))
                    throw error;
                inSuccession.set(mirror, (inSuccession.get(mirror) ?? 0) + 1);
                return { failure: error.message };
            }
        },
    };
}

;// CONCATENATED MODULE: ./build/source/src/mirrors/audit/report.js


/** A summary is for reading; the report has everything. */
const mostRows = 100;
/** @param warn kinds that do not fail the audit */
function makeReport(mirrors, findings, warn) {
    const judged = findings.map(({ warning, ...finding }) => ({
        ...finding,
        severity: warning || warn.includes(finding.kind) ? 'warning' : 'error',
    }));
    return { passed: judged.every(({ severity }) => severity === 'warning'), mirrors, findings: judged };
}
/** One row a mirror, one column a kind; then the findings. */
function reportSummary({ passed, mirrors, findings }) {
    const kinds = findingKinds.filter((kind) => findings.some((finding) => finding.kind === kind));
    const count = (mirror, kind) => String(findings.filter((finding) => finding.mirror === mirror && finding.kind === kind).length || '');
    const amount = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
    return [
        (0,runner/* heading */.R_)(findings.length === 0
            ? 'Mirrors are as the manifests say'
            : `Mirrors: ${amount}${passed ? ', warnings only' : ''}`),
        (0,runner/* table */.tp)(['Mirror', 'Repositories', 'Files', ...kinds], mirrors.map(({ mirror, repositories, files }) => [
            mirror,
            String(repositories || ''),
            String(files || ''),
            ...kinds.map((kind) => count(mirror, kind)),
        ])),
        ...(findings.length === 0
            ? []
            : [
                (0,runner/* table */.tp)(['Finding', 'What', 'Why'], findings.slice(0, mostRows).map(({ kind, item, message }) => [kind, item, message])),
            ]),
        ...(findings.length > mostRows ? [(0,runner/* text */.Qq)(`${findings.length - mostRows} more are in the report.`)] : []),
    ];
}
const auditOutputs = (report) => ({
    report: (0,runner/* fitsOutput */.i6)(report) ? report : '',
    findings: report.findings.length,
    passed: report.passed,
});
/** @throws FailedItems that names the findings that fail the audit */
function requirePassed(report) {
    const failures = report.findings.filter(({ severity }) => severity === 'error');
    if (failures.length === 0)
        return;
    throw new runner/* FailedItems */.uE('Audit of mirrors', failures.map(({ kind, item, message, location }) => new runner/* UserError */.yo(`${kind}: ${item}: ${message}`, location === undefined ? {} : { location })), { outputs: { ...auditOutputs(report) } });
}

;// CONCATENATED MODULE: ./build/source/src/mirrors/audit/audit.js










/**
 * Compares mirrors with the manifests, and with each other. Writes nothing but the report, and fails only after it.
 * @throws FailedItems that names each finding; UserError for bad input
 */
async function auditMirrors(options, step) {
    const warn = options.warn.map(parseKind);
    const manifests = await (0,src_manifests/* readManifests */.PX)(options.manifests);
    const mirrors = options.mirrors === undefined ? undefined : await readMirrors(options.mirrors, step);
    const count = createCount();
    const work = { step, patience: createPatience(step.signal), count: count.add };
    const findings = sortFindings(await findAll(manifests, mirrors, options, work));
    const report = makeReport(count.mirrors(), findings, warn);
    step.summary(...reportSummary(report));
    if (options.report !== undefined && !options.dryRun) {
        await (0,release/* atomicWrite */.L8)(options.report, `${JSON.stringify(report, null, 2)}\n`);
    }
    requirePassed(report);
    return report;
}
function findAll(manifests, mirrors, options, work) {
    switch (manifests.kind) {
        case 'images':
            return auditImages(manifests.manifests, mirrors, options, work);
        case 'files':
            return auditFiles(manifests.manifests, mirrors, work);
        case 'releases':
            throw new runner/* UserError */.yo(`${options.manifests} names GitHub releases, not digests, and cannot be audited`, {
                hint: 'Name image manifests or file manifests.',
            });
    }
}
/** @throws UserError */
function parseKind(text) {
    const kind = findingKinds.find((known) => known === text);
    if (kind)
        return kind;
    const near = (0,runner/* suggest */.ZA)(text, findingKinds);
    throw new runner/* UserError */.yo(`'${text}' is no kind of finding`, {
        hint: near ? `Did you mean '${near}'?` : `Known are ${findingKinds.join(', ')}.`,
    });
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/source/src/mirrors/nginx.js

/**
 * The table as configuration for the `http` block of nginx.
 * Source: nginx documentation, ngx_http_map_module and ngx_http_split_clients_module.
 * @throws UserError when a header or `listen` is none
 */
function nginxConfiguration(table, options) {
    const cloud = headerVariable(options.cloudHeader);
    const region = headerVariable(options.regionHeader);
    const client = options.clientHeader === undefined ? '$remote_addr' : headerVariable(options.clientHeader);
    if (!/^(?:unix:\/[\w./-]+|(?:[\w.*-]+:|\[[0-9A-Fa-f:]+\]:)?\d{1,5})$/.test(options.listen)) {
        throw new runner/* UserError */.yo(`'${options.listen}' is nothing that nginx can listen to`, {
            hint: 'Write PORT, ADDRESS:PORT or unix:/PATH.',
        });
    }
    return `# Made by 'k8s-release mirror-redirects': change the mirrors policy, not this file.
# It belongs into the http block of nginx. What is in front of it must set these headers, and drop a client's own:
# ${options.cloudHeader}, ${options.regionHeader}${options.clientHeader === undefined ? '' : `, ${options.clientHeader}`}.

# A client of no vendor's cloud comes to the same vendor each time.
split_clients "${client}" $mirror_vendor_by_share {
${shareLines(table.vendors)}
}

map ${cloud} $mirror_vendor {
  default $mirror_vendor_by_share;
${table.vendors.map(({ name }) => `  ~*^${name}$ ${name};`).join('\n')}
}

# By region; a region that nobody serves by its first word, and then by vendor.
map "$mirror_vendor/${region}" $mirror_api {
  default ${apiOf(table, table.canonical)};
${table.vendors.map((vendor) => mirrorLines(table, vendor)).join('\n')}
}

server {
  listen ${options.listen};

  # Clients ask this to learn whether to log in. They need not: mirrors are public.
  location = /v2/ {
    default_type application/json;
    add_header Docker-Distribution-API-Version registry/2.0 always;
    return 200 '{}';
  }

  # Manifests, blobs, referrers and tags of one client come from one mirror, and so do signatures by tag, by referrer and by
  # digest. The path is matched whole, so that nothing in it can reach the header.
  location ~ "^/v2/(?<mirror_path>[a-z0-9][a-z0-9._/-]*/(?:(?:manifests|blobs|referrers)/[A-Za-z0-9_][A-Za-z0-9._:+=-]*|tags/list))\\z" {
    if ($request_method !~ "^(?:GET|HEAD)\\z") {
      return 405;
    }
    return 307 https://$mirror_api/$mirror_path$is_args$args;
  }

  location / {
    return 404;
  }
}
`;
}
/** nginx's variable for a request header. */
function headerVariable(header) {
    if (!/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(header)) {
        throw new runner/* UserError */.yo(`'${header}' is not the name of a header`, { hint: 'Write it such as X-Client-Cloud.' });
    }
    return `$http_${header.toLowerCase().replaceAll('-', '_')}`;
}
function shareLines(vendors) {
    const sharing = vendors.filter(({ share }) => share > 0);
    // The last takes what is left, so that no client falls through.
    return sharing
        .map(({ name, share }, index) => `  ${index === sharing.length - 1 ? '*' : `${share}%`} ${name};`)
        .join('\n');
}
function mirrorLines(table, { name, regions, areas, fallback }) {
    const line = (pattern, [mirror = table.canonical]) => `  ${pattern} ${apiOf(table, mirror)};`;
    return [
        ...Object.entries(regions).map(([region, mirrors]) => line(`${name}/${region}`, mirrors)),
        ...Object.entries(areas).map(([area, mirrors]) => line(`~*^${name}/${area}-`, mirrors)),
        line(`~*^${name}/`, fallback),
    ].join('\n');
}
/** `HOST/v2/PREFIX`: where the repositories of a mirror begin in the registry's API. */
function apiOf(table, mirror) {
    const [host, ...prefix] = (table.mirrors[mirror]?.registry ?? '').split('/');
    return [host, 'v2', ...prefix].join('/');
}

;// CONCATENATED MODULE: ./build/source/src/mirrors/redirects.js

/** What follows from a policy for clients: drained mirrors are gone, and their regions and share go to the others. */
function redirectsOf(mirrors) {
    const serving = mirrors.vendors
        .map((vendor) => ({ ...vendor, mirrors: vendor.mirrors.filter(({ state }) => state === 'serving') }))
        .filter((vendor) => vendor.mirrors.length > 0);
    const named = serving.flatMap((vendor) => vendor.mirrors.map((mirror) => ({ name: nameOf(vendor, mirror), mirror })));
    const isCanonical = ({ mirror }) => formatRegistry(mirror.registry) === formatRegistry(mirrors.canonical);
    const canonical = named.find(isCanonical)?.name;
    if (canonical === undefined)
        throw new Error('a policy whose canonical mirror does not serve was not read by us');
    const shares = wholeShares(serving, canonical);
    return {
        schemaVersion: 1,
        canonical,
        mirrors: Object.fromEntries(named.map(({ name, mirror: { registry, files } }) => [
            name,
            { registry: formatRegistry(registry), ...(files === undefined ? {} : { files }) },
        ])),
        vendors: serving.map((vendor, index) => ({
            name: vendor.name,
            share: shares[index] ?? 0,
            ...routesOf(vendor, mirrors.vendors.find(({ name }) => name === vendor.name) ?? vendor, canonical),
        })),
    };
}
const nameOf = (vendor, { region }) => `${vendor.name}/${region}`;
/** `europe` of `europe-west4`: the vendors' names of near regions begin alike. */
const areaOf = (region) => region.split('-', 1)[0] ?? region;
/** @param whole the vendor with its drained mirrors, whose regions still have clients */
function routesOf(serving, whole, canonical) {
    const first = serving.mirrors.slice(0, 1);
    const inArea = (area) => serving.mirrors.filter(({ region }) => areaOf(region) === area);
    const list = (mirrors) => [
        ...new Set([...mirrors.map((mirror) => nameOf(serving, mirror)), canonical]),
    ];
    const regions = whole.mirrors
        .flatMap(({ serves }) => serves)
        .map((region) => {
        const own = serving.mirrors.filter(({ serves }) => serves.includes(region));
        return [region, list([...own, ...inArea(areaOf(region)), ...first])];
    });
    const areas = serving.mirrors
        .map(({ region }) => areaOf(region))
        .map((area) => [area, list([...inArea(area), ...first])]);
    return { regions: Object.fromEntries(regions), areas: Object.fromEntries(areas), fallback: list(first) };
}
/**
 * Per cent for each vendor, so that they add up to 100 again when one does not serve. Where all shares are those of vendors that
 * do not serve, the canonical mirror's vendor takes everything.
 */
function wholeShares(vendors, canonical) {
    const sum = vendors.reduce((total, { share }) => total + share, 0);
    if (sum === 0)
        return vendors.map(({ name }) => (canonical.startsWith(`${name}/`) ? 100 : 0));
    let total = 0;
    // What is rounded is where each share ends, so that nothing is lost between them.
    return vendors.map(({ share }) => {
        const start = Math.round((total / sum) * 10_000);
        total += share;
        return (Math.round((total / sum) * 10_000) - start) / 100;
    });
}

;// CONCATENATED MODULE: ./build/source/src/mirrors/write-redirects.js






/**
 * Writes where a redirector sends clients, as JSON and for nginx; does nothing where it is there already.
 * @throws UserError when the policy has a mistake, or the folder can't be written
 */
async function writeRedirects(options, step) {
    const mirrors = await readMirrors(options.mirrors, step);
    const redirects = redirectsOf(mirrors);
    const configuration = nginxConfiguration(redirects, options);
    step.summary(...redirectSummary(mirrors, redirects));
    if (options.dryRun)
        return { redirects, changed: false };
    const written = [
        await (0,release/* atomicWrite */.L8)((0,external_node_path_.join)(options.output, 'redirects.json'), `${JSON.stringify(redirects, null, 2)}\n`),
        await (0,release/* atomicWrite */.L8)((0,external_node_path_.join)(options.output, 'nginx.conf'), configuration),
    ];
    return { redirects, changed: written.includes(true) };
}
function redirectSummary(mirrors, redirects) {
    const rows = mirrors.vendors.map(({ name, mirrors: all }) => {
        const share = redirects.vendors.find((vendor) => vendor.name === name)?.share ?? 0;
        const drained = all.filter(({ state }) => state === 'drained').map(({ region }) => region);
        return [name, `${share}%`, String(all.length - drained.length), drained.join(', ')];
    });
    return [
        (0,runner/* heading */.R_)('Redirects'),
        (0,runner/* text */.Qq)(`Everything falls back to ${redirects.mirrors[redirects.canonical]?.registry}.`),
        (0,runner/* table */.tp)(['Vendor', 'Share of other clients', 'Mirrors that serve', 'Drained'], rows),
    ];
}

;// CONCATENATED MODULE: ./build/source/src/mirrors/index.js
/**
 * Mirrors and the load between vendors (KEP-3055): one policy says which vendors serve what is promoted, where, and how many of
 * the clients each takes. From it come where to promote to, and where a redirector sends a client.
 */







/***/ })

};
