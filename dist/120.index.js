export const id = 120;
export const ids = [120];
export const modules = {

/***/ 27120:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B1: () => (/* reexport */ digestOfPlan),
  o0: () => (/* reexport */ hostsOfPlan),
  pt: () => (/* reexport */ promote),
  h6: () => (/* reexport */ readApprovedPlan)
});

// UNUSED EXPORTS: groupRequests, hostOfAddress, observeFiles, observeRepositories, planFiles, planImages, promotionType, shardsOf, wishOfManifests

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/source/src/oci/index.js + 4 modules
var oci = __webpack_require__(3811);
// EXTERNAL MODULE: ./build/source/src/release/index.js + 8 modules
var src_release = __webpack_require__(43987);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(90174);
;// CONCATENATED MODULE: ./build/source/src/promote/address.js
/**
 * What has one rate budget and is one shard, of an address in a plan: the registry's host, the bucket, or the folder.
 * `HOST/NAME` → `HOST`; `oci:PATH:NAME` → `oci:PATH`; `s3://BUCKET/PREFIX` → `s3://BUCKET`; `file:PATH` stays.
 */
function hostOfAddress(address) {
    if (address.startsWith('oci:'))
        return address.slice(0, address.lastIndexOf(':'));
    if (address.startsWith('file:'))
        return address;
    const bucket = /^(?:s3|gs):\/\/[^/]+/.exec(address);
    return bucket?.[0] ?? address.split('/', 1)[0] ?? address;
}

;// CONCATENATED MODULE: ./build/source/src/promote/plan.js



function joinPlans(wish, images, files) {
    const malformed = wish.malformed.map(({ what, message, location }) => ({
        kind: 'malformed',
        item: (0,runner/* formatLocation */.j$)(location),
        message: `${what}: ${message}`,
    }));
    return {
        images: images.images,
        files: files.files,
        conflicts: [...malformed, ...images.conflicts, ...files.conflicts],
    };
}
/** A plan as its file has it: sorted members, so that the same plan always gives the same bytes. */
const serializePlan = (plan) => `${JSON.stringify(plan, (_, member) => typeof member !== 'object' || member === null || Array.isArray(member)
    ? member
    : Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1))), 1)}\n`;
/** SHA-256 of a plan's file: what was approved can be demanded by it, and be checked with `sha256sum`. */
const digestOfPlan = (plan) => (0,oci/* digestOfBytes */.by)(serializePlan(plan));
/** The destination hosts that a plan writes to, sorted. */
function hostsOfPlan({ images, files }) {
    const places = [
        ...images.flatMap(({ transfers }) => transfers.flatMap(({ destinations }) => destinations)),
        ...files.map(({ destination }) => destination),
    ];
    return [...new Set(places.map(hostOfAddress))].sort();
}

;// CONCATENATED MODULE: ./build/source/schema/promotion-plan.schema.json
const promotion_plan_schema_namespaceObject = /*#__PURE__*/JSON.parse('{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://raw.githubusercontent.com/k8s-release/k8s-release/v1/schema/promotion-plan.schema.json","title":"Promotion plan","description":"What is missing at the destinations of a promotion, as a dry run of promote writes it and people approve it.","type":"object","additionalProperties":false,"required":["images","files","conflicts"],"properties":{"images":{"type":"array","items":{"$ref":"#/$defs/image"}},"files":{"type":"array","items":{"$ref":"#/$defs/file"}},"conflicts":{"type":"array","items":{"$ref":"#/$defs/conflict"}}},"$defs":{"digest":{"type":"string","pattern":"^sha256:[0-9a-f]{64}$"},"tag":{"type":"string","pattern":"^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$"},"text":{"type":"string","minLength":1},"size":{"type":"integer","minimum":0},"image":{"description":"What is missing of one image, and where.","type":"object","additionalProperties":false,"required":["project","source","digest","transfers"],"properties":{"project":{"type":"string"},"source":{"description":"HOST/NAME or oci:PATH:NAME.","$ref":"#/$defs/text"},"digest":{"$ref":"#/$defs/digest"},"transfers":{"description":"Destinations that lack the same are together.","type":"array","items":{"$ref":"#/$defs/transfer"}}}},"transfer":{"type":"object","additionalProperties":false,"required":["destinations","blobs","manifests","evidence","tags","signed"],"properties":{"destinations":{"type":"array","items":{"$ref":"#/$defs/text"}},"blobs":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["digest","size"],"properties":{"digest":{"$ref":"#/$defs/digest"},"size":{"$ref":"#/$defs/size"}}}},"manifests":{"description":"Children first, the image itself last.","type":"array","items":{"$ref":"#/$defs/digest"}},"evidence":{"description":"Signatures, attestations and SBOMs that are carried: referrers, or manifests under a tag.","type":"array","items":{"type":"object","additionalProperties":false,"required":["subject","digest"],"properties":{"subject":{"$ref":"#/$defs/digest"},"digest":{"$ref":"#/$defs/digest"},"tag":{"$ref":"#/$defs/tag"}}}},"tags":{"type":"array","items":{"$ref":"#/$defs/tag"}},"signed":{"description":"What the promotion itself signs, and attaches before the tags.","type":"array","items":{"type":"object","additionalProperties":false,"required":["subject","predicateType"],"properties":{"subject":{"$ref":"#/$defs/digest"},"predicateType":{"$ref":"#/$defs/text"}}}}}},"file":{"type":"object","additionalProperties":false,"required":["kind","name","source","sha256","size","destination","evidence"],"properties":{"kind":{"enum":["evidence","file","checksums"]},"name":{"$ref":"#/$defs/text"},"source":{"$ref":"#/$defs/text"},"sha256":{"type":"string","pattern":"^[0-9a-f]{64}$"},"size":{"$ref":"#/$defs/size"},"destination":{"description":"Address of the store.","$ref":"#/$defs/text"},"evidence":{"type":"array","items":{"$ref":"#/$defs/text"}}}},"conflict":{"description":"Why an image or file is left as it is.","type":"object","additionalProperties":false,"required":["kind","item","message"],"properties":{"kind":{"$ref":"#/$defs/text"},"item":{"$ref":"#/$defs/text"},"destination":{"$ref":"#/$defs/text"},"message":{"$ref":"#/$defs/text"}}}}}');
;// CONCATENATED MODULE: ./build/source/src/promote/plan-schema.js


/** @throws UserError when the text is not a plan, by schema/promotion-plan.schema.json */
async function parsePlan(text, path) {
    let json;
    try {
        json = JSON.parse(text);
    }
    catch {
        throw new runner/* UserError */.yo(`${path} is not a promotion plan: it is not JSON`);
    }
    const { Ajv2020 } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 52210, 19));
    const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(promotion_plan_schema_namespaceObject);
    if (validate(json))
        return json;
    const [error] = validate.errors ?? [];
    throw new runner/* UserError */.yo(`${path} is not a promotion plan: ${error?.instancePath || 'the plan'} ${error?.message}`, {
        hint: 'A dry run of promote writes it.',
    });
}

;// CONCATENATED MODULE: ./build/source/src/promote/approval.js






/** Writes a plan for people to approve, and for another run to be held to. */
async function writePlan(path, plan) {
    await (0,src_release/* atomicWrite */.L8)(path, serializePlan(plan));
}
/**
 * The plan that was approved.
 * @param digest that it must have, where it was given
 * @throws UserError when the file is not that plan
 */
async function readApprovedPlan(path, digest) {
    const text = await (0,promises_.readFile)(path, 'utf8').catch((error) => {
        throw new runner/* UserError */.yo(`Cannot read the plan ${path}: ${(0,runner/* describeError */.Uc)(error)}`, {
            hint: 'A dry run with the same input writes it.',
        });
    });
    const plan = await parsePlan(text, path);
    const found = digestOfPlan(plan);
    if (digest !== undefined && (0,oci/* parseDigest */.m)(digest, 'plan-digest') !== found) {
        throw new runner/* UserError */.yo(`${path} is the plan ${found}, not ${digest}`, {
            hint: 'It was changed after it was approved, or belongs to another run; plan anew.',
        });
    }
    return plan;
}
/**
 * Holds a plan to the one that was approved: it may do less, as some of that may be there by now, but nothing else.
 * @throws FailedItems that names what was not approved
 */
function requireApproved(plan, approved) {
    const strangers = [...imageStrangers(plan, approved), ...fileStrangers(plan, approved)];
    if (strangers.length === 0)
        return;
    throw new runner/* FailedItems */.uE(`What has to be done now is not what was approved (${digestOfPlan(approved)}); nothing was written`, strangers.map((stranger) => new runner/* UserError */.yo(stranger)));
}
function imageStrangers(plan, approved) {
    const known = new Map();
    const keyOf = ({ source, digest }, destination) => `${source}@${digest} to ${destination}`;
    for (const promotion of approved.images) {
        for (const transfer of promotion.transfers) {
            for (const destination of transfer.destinations) {
                const key = keyOf(promotion, destination);
                known.set(key, [...(known.get(key) ?? []), transfer]);
            }
        }
    }
    return plan.images.flatMap((promotion) => promotion.transfers.flatMap((transfer) => transfer.destinations
        .map((destination) => keyOf(promotion, destination))
        .filter((key) => !known.get(key)?.some((one) => covers(one, transfer)))));
}
const covers = (approved, wanted) => isSubset(wanted.manifests, approved.manifests) &&
    isSubset(wanted.tags, approved.tags) &&
    isSubset(wanted.evidence.map(keyOfEvidence), approved.evidence.map(keyOfEvidence)) &&
    isSubset(wanted.signed.map(keyOfEvidence), approved.signed.map(keyOfEvidence));
const keyOfEvidence = (evidence) => [evidence.subject, evidence.digest, evidence.tag, evidence.predicateType].join(' ');
const isSubset = (part, whole) => {
    const known = new Set(whole);
    return part.every((one) => known.has(one));
};
function fileStrangers(plan, approved) {
    const keyOf = ({ name, sha256, destination }) => `${name} (sha256:${sha256}) to ${destination}`;
    const known = new Set(approved.files.map(keyOf));
    return plan.files.map(keyOf).filter((key) => !known.has(key));
}

// EXTERNAL MODULE: ./build/source/src/storage/index.js + 2 modules
var storage = __webpack_require__(40320);
;// CONCATENATED MODULE: ./build/source/src/promote/files/apply.js


/** Evidence first, then the files that it speaks of, and the checksums of all last. */
async function applyFiles(files, step) {
    const done = [];
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    const progress = step.progress('Promoting files', bytes, 'bytes');
    for (const kind of ['evidence', 'file', 'checksums']) {
        const failed = new Set(done.filter(({ failure }) => failure).map(({ file }) => `${file.destination} ${file.name}`));
        const results = await (0,runner/* mapConcurrently */.X2)(files.filter((file) => file.kind === kind), 4, async (file) => {
            try {
                step.signal.throwIfAborted();
                const lacking = file.evidence.find((name) => failed.has(`${file.destination} ${name}`));
                if (lacking)
                    throw new runner/* UserError */.yo(`${file.name} waits for its evidence ${lacking}, which failed`);
                await (0,storage/* openStore */.C)(file.destination).write(file.name, file.source, file.sha256);
                return { file };
            }
            catch (error) {
                step.signal.throwIfAborted();
                if (error instanceof runner/* UserError */.yo)
                    return { file, failure: error };
                throw error;
            }
            finally {
                progress.advance(file.size);
            }
        });
        done.push(...results);
    }
    progress.done();
    return done;
}

;// CONCATENATED MODULE: ./build/source/src/promote/files/wish.js
const fileKey = (file) => `${file.destination} ${file.name}`;

;// CONCATENATED MODULE: ./build/source/src/promote/files/observe.js



async function observeFiles(wishes) {
    const found = new Map();
    const failures = [];
    await (0,runner/* mapConcurrently */.X2)(wishes, 4, async (file) => {
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

;// CONCATENATED MODULE: ./build/source/src/promote/files/plan.js

function planFiles(wishes, observation) {
    const conflicts = wishes.flatMap((file) => fileConflicts(file, observation));
    const blocked = new Set(conflicts.map(({ item }) => item));
    return {
        files: wishes.filter((file) => observation.get(fileKey(file)) === undefined && !isBlocked(file, blocked)),
        conflicts,
    };
}
/** A file is not published without the evidence that belongs to it. */
const isBlocked = (file, blocked) => [file.name, ...file.evidence].some((name) => blocked.has(fileKey({ destination: file.destination, name })));
function fileConflicts(file, observation) {
    const there = observation.get(fileKey(file));
    if (there === undefined || there === file.sha256)
        return [];
    const { destination, name } = file;
    const message = `${destination}: '${name}' is there with sha256:${there}, and is never overwritten by sha256:${file.sha256}`;
    return [{ kind: 'file differs', item: fileKey(file), destination, message }];
}

;// CONCATENATED MODULE: ./build/source/src/promote/files/index.js




;// CONCATENATED MODULE: ./build/source/src/promote/images/mounts.js
function createMounts() {
    const holders = new Map();
    return {
        async bring(digest, from, to, host, send) {
            const key = `${host} ${digest}`;
            const before = holders.get(key);
            const work = async () => {
                const holder = await before;
                for (const candidate of [from, holder]) {
                    if (candidate && candidate !== to && (await to.mountBlob(digest, candidate)))
                        return 'mounted';
                }
                await send();
                return 'sent';
            };
            const brought = work();
            holders.set(key, brought.then(() => to, () => before));
            return brought;
        },
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
;// CONCATENATED MODULE: ./build/source/src/promote/images/shared-blobs.js








/** A blob up to this size is kept in memory, in bytes. */
const smallBlob = 1 << 20;
/** What all kept blobs may take on the disk; a blob beyond that is read again for each destination. */
const largestStore = 8 * 2 ** 30;
function shareBlobs() {
    const expected = new Map();
    const kept = new Map();
    let folder;
    let stored = 0;
    const keyOf = (source, digest) => `${source.address}@${digest}`;
    const keep = async (source, descriptor) => {
        if (descriptor.size <= smallBlob) {
            const bytes = await (0,consumers_.buffer)(await source.readBlob(descriptor));
            return { open: (offset = 0) => external_node_stream_.Readable.from([bytes.subarray(offset)]), stored: 0, forget: async () => undefined };
        }
        stored += descriptor.size;
        folder ??= (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'k8s-release-blobs-'));
        const path = (0,external_node_path_.join)(await folder, (0,external_node_crypto_.randomUUID)());
        const forget = async () => {
            stored -= descriptor.size;
            await (0,promises_.rm)(path, { force: true });
        };
        try {
            await (0,external_node_stream_promises_.pipeline)(await source.readBlob(descriptor), (0,external_node_fs_.createWriteStream)(path, { flags: 'wx' }));
        }
        catch (error) {
            await forget();
            throw error;
        }
        return { open: (start = 0) => (0,external_node_fs_.createReadStream)(path, { start }), stored: descriptor.size, forget };
    };
    const release = async (source, digest) => {
        const key = keyOf(source, digest);
        const left = (expected.get(key) ?? 1) - 1;
        expected.set(key, left);
        if (left > 0)
            return;
        const blob = kept.get(key);
        kept.delete(key);
        await (await blob?.catch(() => undefined))?.forget();
    };
    return {
        expect(source, digest) {
            const key = keyOf(source, digest);
            expected.set(key, (expected.get(key) ?? 0) + 1);
        },
        async use(source, descriptor, body) {
            const key = keyOf(source, descriptor.digest);
            try {
                const shared = (expected.get(key) ?? 0) > 1 || kept.has(key);
                if (!shared || (!kept.has(key) && stored + descriptor.size > largestStore)) {
                    return await body((offset = 0) => external_node_stream_.Readable.from(readFrom(source, descriptor, offset), { objectMode: false }));
                }
                const blob = kept.get(key) ?? keep(source, descriptor);
                kept.set(key, blob);
                // The next who needs it tries again.
                blob.catch(() => kept.get(key) === blob && kept.delete(key));
                return await body((await blob).open);
            }
            finally {
                await release(source, descriptor.digest);
            }
        },
        release,
        async close() {
            if (folder)
                await (0,promises_.rm)(await folder, { recursive: true, force: true });
        },
    };
}
async function* readFrom(source, descriptor, offset) {
    // The digest speaks for the whole, so that the beginning is read, too, and passed over.
    let skip = offset;
    for await (const chunk of await source.readBlob(descriptor)) {
        const bytes = chunk;
        if (skip < bytes.length)
            yield bytes.subarray(skip);
        skip = Math.max(0, skip - bytes.length);
    }
}

;// CONCATENATED MODULE: ./build/source/src/promote/images/evidence-tag.js

const pattern = /^sha256-([0-9a-f]{64})\.(?:sig|att|sbom)$/;
/** Where cosign before 3.0 keeps what it makes of an image. */
const evidenceTags = (subject) => ['sig', 'att', 'sbom'].map((kind) => (0,oci/* parseTag */.ED)(`sha256-${(0,oci/* hexOf */.ZD)(subject)}.${kind}`));
/** What an evidence tag speaks of; undefined for any other tag. */
function subjectOfTag(tag) {
    const hex = pattern.exec(tag)?.[1];
    return hex === undefined ? undefined : (0,oci/* digestFromHex */.Ch)(hex);
}

;// CONCATENATED MODULE: ./build/source/src/promote/images/source-image.js



/** More than any image has; it bounds what a hostile index can make us read. */
const mostManifests = 2000;
const deepestIndex = 5;
const readsAtOnce = 6;
/**
 * Which manifests an image has, and what speaks of them.
 * @param listing of the repository, among whose tags the older evidence is found
 * @returns undefined when there is no such image
 * @throws UserError when it is not whole, or an index is malformed
 */
async function outlineImage(repository, root, listing) {
    const stored = await repository.readManifest(root);
    if (!stored)
        return undefined;
    const manifests = await outlineTree(repository, stored);
    const evidence = [];
    const asked = new Set();
    // Evidence can have evidence of its own, such as the signature of an SBOM.
    let subjects = manifests.map(({ digest }) => digest);
    while (subjects.length > 0) {
        for (const subject of subjects)
            asked.add(subject);
        if (asked.size > mostManifests)
            throw new runner/* UserError */.yo(`${repository.address}@${root} has too many manifests`);
        const found = (await (0,runner/* mapConcurrently */.X2)(subjects, readsAtOnce, (subject) => listEvidence(repository, subject, listing))).flat();
        evidence.push(...found);
        subjects = [...new Set(found.map(({ digest }) => digest))].filter((digest) => !asked.has(digest));
    }
    return { manifests, evidence: evidence.sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1)) };
}
const sortKey = ({ subject, tag, digest }) => [subject, tag, digest].join(' ');
/** A manifest and all below it, children first, in the order that the index has. Leaves of an index are not read. */
async function outlineTree(repository, root) {
    const found = new Map();
    const visit = async (stored, depth) => {
        const children = childrenOf(stored);
        if (depth > deepestIndex || found.size + children.length > mostManifests) {
            throw new runner/* UserError */.yo(`${repository.address}@${root.descriptor.digest} is nested too deeply or has too many manifests`);
        }
        for (const { mediaType, digest, size } of children) {
            if (found.has(digest))
                continue;
            if (!isIndexType(mediaType))
                found.set(digest, { mediaType, digest, size });
            else
                await visit(await readListed(repository, digest, root.descriptor.digest), depth + 1);
        }
        const { mediaType, digest, size } = stored.descriptor;
        found.set(digest, { mediaType, digest, size, stored });
    };
    await visit(root, 0);
    return [...found.values()];
}
async function readListed(repository, digest, by) {
    const stored = await repository.readManifest(digest);
    if (stored)
        return stored;
    throw new runner/* UserError */.yo(`${repository.address}@${digest} is not there`, { hint: `${by} lists it; push the whole image.` });
}
async function listEvidence(repository, subject, listing) {
    const referrers = await repository.listReferrers(subject, listing);
    const found = referrers.map(({ digest }) => ({
        subject,
        digest: (0,oci/* parseDigest */.m)(digest, `a referrer of ${subject}`),
    }));
    for (const tag of evidenceTags(subject).filter((candidate) => listing.tags.has(candidate))) {
        const evidence = await evidenceUnder(repository, tag, listing);
        if (evidence)
            found.push({ subject, tag, ...evidence });
    }
    return found;
}
async function evidenceUnder(repository, tag, listing) {
    const digest = listing.digests?.get(tag);
    if (digest)
        return { digest };
    // To read it costs no more than to ask for its digest, and mostly it is wanted.
    const stored = await repository.readManifest(tag);
    return stored && { digest: stored.descriptor.digest, ...(isIndex(stored) ? {} : { manifests: [stored] }) };
}
/**
 * The image with the bytes of all that is wanted.
 * @throws UserError when a manifest is missing or malformed, or evidence does not refer to what it is listed for
 */
async function readWanted(repository, image, wanted) {
    const root = rootOf(image);
    return {
        manifests: await (0,runner/* mapConcurrently */.X2)(image.manifests, readsAtOnce, async (manifest) => manifest.stored || !wanted.has(manifest.digest)
            ? manifest
            : { ...manifest, stored: await readListed(repository, manifest.digest, root) }),
        evidence: await (0,runner/* mapConcurrently */.X2)(image.evidence, readsAtOnce, async (evidence) => evidence.manifests || !wanted.has(evidence.digest)
            ? evidence
            : { ...evidence, manifests: await readEvidence(repository, evidence) }),
    };
}
async function readEvidence(repository, { subject, tag, digest }) {
    const root = await readListed(repository, digest, subject);
    const manifests = await (0,runner/* mapConcurrently */.X2)(await outlineTree(repository, root), readsAtOnce, async (manifest) => manifest.stored ?? (await readListed(repository, manifest.digest, digest)));
    if (tag === undefined && subjectOf(root) !== subject) {
        throw new runner/* UserError */.yo(`${repository.address}@${digest} is listed as a referrer of ${subject}, but does not refer to it`);
    }
    return manifests;
}
/** The digest under which an image is known: that of its last manifest. */
function rootOf({ manifests }) {
    const root = manifests.at(-1);
    if (!root)
        throw new Error('an image has a root');
    return root.digest;
}
const isIndexType = (mediaType) => mediaType === oci/* mediaTypes */.Ib.index || mediaType === oci/* mediaTypes */.Ib.dockerManifestList;
/** True for a list of manifests, false for an image or artifact. */
const isIndex = ({ descriptor }) => isIndexType(descriptor.mediaType);
const childrenOf = (stored) => isIndex(stored) ? (0,oci/* parseIndex */.A1)(stored.bytes, stored.descriptor.digest).manifests : [];
function subjectOf(stored) {
    const parse = isIndex(stored) ? oci/* parseIndex */.A1 : oci/* parseManifest */.Ng;
    return parse(stored.bytes, stored.descriptor.digest).subject?.digest;
}
/** The blobs that a manifest names: its layers and its config; not the layers that only their vendor may hand out. */
function blobsOf(stored) {
    if (isIndex(stored))
        return [];
    const { config, layers } = (0,oci/* parseManifest */.Ng)(stored.bytes, stored.descriptor.digest);
    return [...layers, config]
        .filter(({ mediaType }) => !/\.foreign\.|\.nondistributable\./.test(mediaType))
        .map(({ mediaType, digest, size }) => ({ mediaType, digest, size }));
}

;// CONCATENATED MODULE: ./build/source/src/promote/images/transfer.js


const requestsAtOnce = 6;
/**
 * Writes what one destination lacks of an image, in an order in which a crash leaves nothing visible that is not whole:
 * blobs, child manifests, evidence, a check that the evidence is found, and the tags last.
 * @throws UserError
 */
async function copyImage(copy, context) {
    const { image, transfer, destination } = copy;
    const wanted = new Set(transfer.manifests);
    const root = rootOf(image);
    await (0,runner/* mapConcurrently */.X2)(transfer.blobs, requestsAtOnce, (blob) => bringBlob(blob, copy, context));
    const missing = image.manifests.flatMap(({ digest, stored }) => (wanted.has(digest) && stored ? stored : []));
    await writeManifests(missing.filter(({ descriptor }) => descriptor.digest !== root), destination);
    await writeEvidence(copy);
    await context.attach(copy);
    await verifyEvidence(copy);
    const last = image.manifests.at(-1)?.stored;
    if (!last)
        throw new Error('the root of an image is always read');
    if (wanted.has(root) && transfer.tags.length === 0) {
        await destination.writeManifest(last.bytes, last.descriptor.mediaType);
    }
    for (const tag of transfer.tags)
        await writeTag(tag, last, destination);
}
async function writeTag(tag, { bytes, descriptor }, destination) {
    // Another may have set it since the plan was made.
    const there = await destination.headManifest(tag);
    if (there && there.digest !== descriptor.digest) {
        throw new runner/* UserError */.yo(`${destination.address}:${tag} became ${there.digest} meanwhile, and is not moved`);
    }
    if (!there)
        await destination.writeManifest(bytes, descriptor.mediaType, tag);
}
async function bringBlob(blob, { source, destination, host }, { blobs, mounts, sent }) {
    const descriptor = { mediaType: 'application/octet-stream', ...blob };
    const how = await mounts.bring(blob.digest, source, destination, host, () => blobs.use(source, descriptor, (open) => destination.writeBlob(descriptor, open)));
    if (how === 'mounted')
        await blobs.release(source, blob.digest);
    sent(blob.size);
}
/** Images and artifacts side by side, then the indexes that list them, inner ones first. */
async function writeManifests(manifests, destination) {
    const write = async ({ bytes, descriptor }) => {
        await destination.writeManifest(bytes, descriptor.mediaType);
    };
    await (0,runner/* mapConcurrently */.X2)(manifests.filter((manifest) => !isIndex(manifest)), requestsAtOnce, write);
    for (const index of manifests.filter(isIndex))
        await write(index);
}
async function writeEvidence({ image, transfer, destination }) {
    const referrers = [];
    await (0,runner/* mapConcurrently */.X2)(transfer.evidence, requestsAtOnce, async ({ subject, digest, tag }) => {
        const found = image.evidence.find((item) => item.subject === subject && item.tag === tag && item.digest === digest);
        const manifests = found?.manifests ?? [];
        const last = manifests.at(-1);
        if (!last)
            throw new Error(`the plan names the evidence ${digest}, which was not read`);
        await writeManifests(manifests.slice(0, -1), destination);
        if (tag === undefined)
            referrers.push({ bytes: last.bytes, mediaType: last.descriptor.mediaType });
        else
            await destination.writeManifest(last.bytes, last.descriptor.mediaType, tag);
    });
    // All together, since those of one subject share a fallback tag, which is read back.
    await destination.writeReferrers(referrers);
}
/** Reads back that whoever looks under an evidence tag finds what was written. @throws UserError */
async function verifyEvidence({ transfer, destination }) {
    await (0,runner/* mapConcurrently */.X2)(transfer.evidence, requestsAtOnce, async ({ digest, tag }) => {
        if (tag === undefined)
            return;
        const there = await destination.headManifest(tag);
        if (there?.digest === digest)
            return;
        throw new runner/* UserError */.yo(`${destination.address}:${tag} was written, but is ${there?.digest ?? 'not there'}`, {
            hint: 'Another process may have replaced it; run it again.',
        });
    });
}

;// CONCATENATED MODULE: ./build/source/src/promote/images/wish.js

/** `HOST/NAME` or `oci:PATH:NAME`; the same for the same repository. */
const formatPlace = (place) => (0,oci/* formatReference */.FH)(place);
/** The registry host, or `oci:PATH`: what has one rate budget, and is one shard. */
const hostOf = ({ location }) => location.kind === 'layout' ? `oci:${location.path}` : location.host;
/** One wish for each project, source and set of destinations, with one image for each digest; sorted. */
function groupRequests(requests) {
    const wishes = new Map();
    const keyOfSet = keysOfSets();
    for (const request of requests) {
        const key = `${formatPlace(request.source)} ${request.project} ${keyOfSet(request.destinations)}`;
        const wish = wishes.get(key) ?? { first: request, images: new Map() };
        wishes.set(key, wish);
        const tags = wish.images.get(request.digest) ?? new Set();
        wish.images.set(request.digest, tags);
        for (const tag of request.tags)
            tags.add(tag);
    }
    return [...wishes]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([, { first, images }]) => ({
        project: first.project,
        source: first.source,
        destinations: first.destinations,
        images: [...images]
            .sort(([left], [right]) => (left < right ? -1 : 1))
            .map(([digest, tags]) => ({ digest, tags: [...tags].sort() })),
    }));
}
/** A key of a set of destinations; many requests share one array, whose key is made once. */
function keysOfSets() {
    const keys = new Map();
    return (destinations) => {
        const key = keys.get(destinations) ?? destinations.map(formatPlace).join(' ');
        keys.set(destinations, key);
        return key;
    };
}
/** The wishes with only those destinations that lie on these hosts. */
const onHosts = (wishes, hosts) => wishes
    .map((wish) => ({ ...wish, destinations: wish.destinations.filter((place) => hosts.has(hostOf(place))) }))
    .filter(({ destinations }) => destinations.length > 0);

;// CONCATENATED MODULE: ./build/source/src/promote/images/apply.js





/** Images under way to one host. Hosts do not wait for each other: each has a rate of its own. */
const copiesAtOnce = 6;
/** Does what a plan says, for all hosts side by side; a source is read once for all. One that fails does not stop the others. */
async function applyImages(promotions, application, step) {
    const work = copiesOf(promotions, application);
    const bytes = work.flatMap(({ copy }) => copy.transfer.blobs).reduce((sum, { size }) => sum + size, 0);
    const progress = step.progress('Promoting images', bytes, 'bytes');
    const blobs = shareBlobs();
    for (const { copy } of work)
        for (const { digest } of copy.transfer.blobs)
            blobs.expect(copy.source, digest);
    const context = { blobs, mounts: createMounts(), attach: application.attach, sent: progress.advance };
    const outcomes = new Map();
    try {
        const hosts = Map.groupBy(work, ({ copy }) => copy.host);
        await (0,runner/* mapConcurrently */.X2)([...hosts.values()], hosts.size, (copies) => (0,runner/* mapConcurrently */.X2)(copies, copiesAtOnce, async (planned) => {
            const { promotion, copy, place } = planned;
            const failure = await attempt(step, () => copyImage(copy, context));
            outcomes.set(planned, {
                promotion,
                transfer: copy.transfer,
                destination: formatPlace(place),
                ...failure,
            });
            if (!failure.failure)
                await application.journal.note(planned.source, planned.wish, place);
        }));
    }
    finally {
        await blobs.close();
    }
    progress.done();
    return work.flatMap((planned) => outcomes.get(planned) ?? []);
}
/** The plan's copies, each with what was observed of its image. */
function copiesOf(promotions, { wishes, observed, repositories }) {
    const planned = new Set(promotions.map(({ source, digest }) => `${source}@${digest}`));
    const known = new Map();
    wishes.forEach(({ source, images, destinations }, index) => {
        for (const wish of images) {
            const image = observed[index]?.images.get(wish.digest);
            const item = `${formatPlace(source)}@${wish.digest}`;
            if (!image || !planned.has(item))
                continue;
            for (const place of destinations)
                known.set(`${item} ${formatPlace(place)}`, { source, place, wish, image });
        }
    });
    return promotions.flatMap((promotion) => promotion.transfers.flatMap((transfer) => transfer.destinations.map((destination) => {
        const found = known.get(`${promotion.source}@${promotion.digest} ${destination}`);
        if (!found)
            throw new Error(`the plan names ${destination}, which nobody asked for`);
        const { image, source, place, wish } = found;
        const copy = {
            image,
            transfer,
            source: repositories.open(source),
            destination: repositories.open(place),
            host: hostOf(place),
        };
        return { promotion, copy, source, place, wish };
    })));
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

;// CONCATENATED MODULE: ./build/source/src/promote/images/lack.js
const signedKey = ({ subject, predicateType }) => `${subject} ${predicateType}`;
/** True where each wanted tag is the wanted digest. An image without tags has none that could tell. */
const hasEveryTag = ({ digest, tags }, found) => tags.length > 0 && tags.every((tag) => found.tags.get(tag) === digest);
/**
 * Compares an image with what was found of it. What has the tag is whole, as the tag comes last; evidence is looked for
 * all the same, since it can be lost later, or be younger than the tag.
 */
function lackOf(wish, image, found, toSign = []) {
    return {
        manifests: image.manifests.filter(({ digest }) => !found.manifests.has(digest)),
        evidence: image.evidence.filter((evidence) => !hasEvidence(found, evidence)),
        tags: wish.tags.filter((tag) => !found.listed.has(tag)),
        signed: toSign.filter((evidence) => !found.signed.has(signedKey(evidence))),
    };
}
const hasEvidence = (found, { subject, tag, digest }) => tag === undefined ? (found.referrers.get(subject)?.has(digest) ?? false) : found.listed.has(tag);
const isLacking = ({ manifests, evidence, tags, signed }) => manifests.length + evidence.length + tags.length + signed.length > 0;

;// CONCATENATED MODULE: ./build/source/src/promote/images/observation.js
const nothingThere = {
    tags: new Map(),
    listed: new Set(),
    manifests: new Set(),
    referrers: new Map(),
    signed: new Set(),
    unreadableImages: new Map(),
};

;// CONCATENATED MODULE: ./build/source/src/promote/images/unsettled.js


/**
 * The images of which the lists of tags do not say that they and their evidence tags are at every destination. Lists are
 * cheap, one request for thousands of tags; only these images are looked at one by one. Pure.
 */
function unsettledImages(wish, source, destinations) {
    const readable = destinations.filter((found) => found.unreadable === undefined);
    if (readable.length === 0)
        return new Set();
    const untagged = wish.images.filter((image) => !readable.every((found) => hasEveryTag(image, found)));
    const unsettled = new Set(untagged.map(({ digest }) => digest));
    const roots = new Set(wish.images.map(({ digest }) => digest));
    const subjects = missingEvidence(source.tags, readable).map(subjectOfTag);
    // The evidence of a platform does not say which index lists it.
    if (subjects.some((subject) => subject && !roots.has(subject)))
        return roots;
    for (const subject of subjects)
        if (subject)
            unsettled.add(subject);
    return unsettled;
}
const missingEvidence = (tags, destinations) => [...tags].filter((tag) => subjectOfTag(tag) && destinations.some(({ listed }) => !listed.has(tag)));

;// CONCATENATED MODULE: ./build/source/src/promote/images/observe.js





const repositoriesAtOnce = 8;
const imagesAtOnce = 6;
const destinationsAtOnce = 24;
const observe_requestsAtOnce = 6;
/** Reads both sides, an observation for each wish. What cannot be read in one place does not stop the others. */
async function observeRepositories(wishes, context, step) {
    const total = wishes.reduce((sum, { images }) => sum + images.length, 0);
    const progress = step.progress('Looking at images', total);
    const observed = await (0,runner/* mapConcurrently */.X2)(wishes, repositoriesAtOnce, async (wish) => {
        step.signal.throwIfAborted();
        const found = await observeRepository(wish, context);
        progress.advance(wish.images.length);
        return found;
    });
    progress.done();
    return observed;
}
const nothing = { images: new Map(), toSign: new Map() };
async function observeRepository(wish, context) {
    const { repositories, journal, judged } = context;
    const source = repositories.open(wish.source);
    const isKnown = (image) => wish.destinations.every((place) => journal.isDone(wish.source, image, place));
    const sourceListing = await observe_attempt(() => source.list());
    if ('failure' in sourceListing) {
        const unreadable = new Map(wish.images.map(({ digest }) => [digest, sourceListing.failure]));
        return { ...nothing, unreadable, destinations: wish.destinations.map(() => nothingThere) };
    }
    const listing = sourceListing.value;
    const tagged = await (0,runner/* mapConcurrently */.X2)(wish.destinations, destinationsAtOnce, (place) => observeTags(wish.images, repositories.open(place)));
    const images = new Map();
    const unreadable = new Map();
    const unsettled = unsettledImages(wish, listing, tagged);
    await (0,runner/* mapConcurrently */.X2)(wish.images, imagesAtOnce, async (image) => {
        const isUnsettled = unsettled.has(image.digest);
        const outlined = await observe_attempt(async () => judged || isUnsettled || (!isKnown(image) && (await source.mayHaveReferrers(image.digest, listing)))
            ? outlineImage(source, image.digest, listing)
            : undefined);
        if ('failure' in outlined)
            unreadable.set(image.digest, outlined.failure);
        else if (outlined.value)
            images.set(image.digest, outlined.value);
        // Staging registries are cleaned up: what is whole everywhere needs no source any more.
        else if (isUnsettled)
            unreadable.set(image.digest, `${source.address}@${image.digest} is not there`);
    });
    const destinations = await (0,runner/* mapConcurrently */.X2)(wish.destinations, destinationsAtOnce, (place, index) => observeDestination(wish.images, images, tagged[index] ?? nothingThere, repositories.open(place), judged));
    return readLacking(wish, { ...nothing, images, unreadable, destinations }, source, judged);
}
/** The wanted tags of one destination, by one list and one request for each tag where the list has no digests. */
async function observeTags(images, repository) {
    const observed = await observe_attempt(async () => {
        const listing = await repository.list();
        const tags = new Map();
        const wanted = images.flatMap((image) => image.tags.filter((tag) => listing.tags.has(tag)));
        await (0,runner/* mapConcurrently */.X2)(wanted, observe_requestsAtOnce, async (tag) => {
            const digest = listing.digests?.get(tag) ?? (await repository.headManifest(tag))?.digest;
            if (digest)
                tags.set(tag, digest);
        });
        return { ...nothingThere, tags, listed: listing.tags, listing };
    });
    return 'failure' in observed ? { ...nothingThere, unreadable: observed.failure } : observed.value;
}
/** What a destination has of the images that had to be looked at. */
async function observeDestination(wishes, images, { listing, ...tagged }, repository, judged) {
    if (listing === undefined)
        return tagged;
    const tags = new Map(tagged.tags);
    const manifests = new Set();
    const referrers = new Map();
    const unreadableImages = new Map();
    await (0,runner/* mapConcurrently */.X2)(wishes, imagesAtOnce, async (wish) => {
        const image = images.get(wish.digest);
        // A repository without tags has at most what a killed run left; to write that again is cheaper than to look for it.
        if (!image || (listing.tags.size === 0 && wish.tags.length > 0))
            return;
        const isTagged = hasEveryTag(wish, tagged);
        const observed = await observe_attempt(async () => {
            for (const digest of await presentManifests(image, isTagged, repository, listing))
                manifests.add(digest);
            if (judged || !isTagged)
                await compareTags(image.evidence, repository, listing, tags);
            await compareReferrers(image.evidence, repository, listing, referrers);
        });
        if ('failure' in observed)
            unreadableImages.set(wish.digest, observed.failure);
    });
    return { ...tagged, tags, manifests, referrers, unreadableImages };
}
async function presentManifests(image, isTagged, repository, listing) {
    const has = async (digest) => listing.manifests?.has(digest) ?? (await repository.headManifest(digest)) !== undefined;
    // What has the tag is whole, as the tag comes last; so is an index that is there, as its children come before it.
    const digests = image.manifests.map(({ digest }) => digest);
    const root = rootOf(image);
    if (isTagged || (await has(root)))
        return digests;
    const found = await (0,runner/* mapConcurrently */.X2)(digests, observe_requestsAtOnce, async (digest) => digest !== root && (await has(digest)));
    return digests.filter((_, index) => found[index]);
}
async function compareTags(evidence, repository, listing, tags) {
    const present = evidence.flatMap(({ tag }) => (tag && listing.tags.has(tag) ? tag : []));
    await (0,runner/* mapConcurrently */.X2)(present, observe_requestsAtOnce, async (tag) => {
        const digest = listing.digests?.get(tag) ?? (await repository.headManifest(tag))?.digest;
        if (digest)
            tags.set(tag, digest);
    });
}
async function compareReferrers(evidence, repository, listing, referrers) {
    const subjects = new Set(evidence.flatMap(({ subject, tag }) => (tag === undefined ? subject : [])));
    await (0,runner/* mapConcurrently */.X2)([...subjects], observe_requestsAtOnce, async (subject) => {
        const listed = await repository.listReferrers(subject, listing);
        referrers.set(subject, new Set(listed.map(({ digest }) => digest)));
    });
}
/** Reads at the source what some destination lacks, each once. */
async function readLacking(wish, observed, source, judged) {
    const images = new Map(observed.images);
    const unreadable = new Map(observed.unreadable);
    await (0,runner/* mapConcurrently */.X2)(wish.images, imagesAtOnce, async (image) => {
        const outline = images.get(image.digest);
        if (!outline)
            return;
        const readable = observed.destinations.filter((found) => found.unreadable === undefined);
        const lacks = readable.map((found) => lackOf(image, outline, found));
        const wanted = new Set([
            ...lacks.flatMap(({ manifests, evidence }) => [...manifests, ...evidence]),
            ...(judged ? [...outline.manifests, ...outline.evidence] : []),
        ].map(({ digest }) => digest));
        const read = await observe_attempt(() => readWanted(source, outline, wanted));
        if ('failure' in read)
            unreadable.set(image.digest, read.failure);
        else
            images.set(image.digest, read.value);
    });
    return { ...observed, images, unreadable };
}
/** A mistake of one item is kept as text; a bug or a cancellation ends all. */
async function observe_attempt(work) {
    try {
        return { value: await work() };
    }
    catch (error) {
        if (!(error instanceof runner/* UserError */.yo))
            throw error;
        return { failure: (0,runner/* describeError */.Uc)(error) };
    }
}

;// CONCATENATED MODULE: ./build/source/src/promote/images/conflict.js

/** Everything that speaks against the wishes. Pure. */
function conflictsOf(wishes, observed, objections) {
    const each = wishes.flatMap((wish, index) => {
        const found = observed[index];
        return found ? repositoryConflicts(wish, found) : [];
    });
    const judged = [...objections].flatMap(([item, messages]) => messages.map((message) => ({ kind: 'evidence policy', item, message })));
    return [...ambiguousTags(wishes), ...each, ...judged];
}
/** A tag of a destination can only name one digest. */
function ambiguousTags(wishes) {
    // Nearly always one wish alone asks for a repository; only its own images can then be at odds, and alike everywhere.
    const askers = new Map();
    for (const wish of wishes) {
        for (const place of wish.destinations) {
            const key = formatPlace(place);
            const others = askers.get(key);
            if (others)
                others.push(wish);
            else
                askers.set(key, [wish]);
        }
    }
    const alone = wishes.flatMap((wish) => clashes([wish], wish.destinations.map(formatPlace)));
    const shared = [...askers].filter(([, asking]) => asking.length > 1);
    const known = new Set(alone.map(({ item, message }) => `${item} ${message}`));
    return [
        ...alone,
        ...shared
            .flatMap(([place, asking]) => clashes(asking, [place]))
            .filter(({ item, message }) => !known.has(`${item} ${message}`)),
    ];
}
function clashes(wishes, places) {
    const wanted = new Map();
    for (const { source, images } of wishes) {
        for (const { digest, tags } of images) {
            for (const tag of tags) {
                const digests = wanted.get(tag) ?? new Map();
                wanted.set(tag, digests);
                digests.set(digest, [...(digests.get(digest) ?? []), `${formatPlace(source)}@${digest}`]);
            }
        }
    }
    return [...wanted]
        .filter(([, digests]) => digests.size > 1)
        .flatMap(([tag, digests]) => [...digests.values()].flat().flatMap((item) => places.map((place) => {
        const message = `${place}:${tag} is asked to be ${[...digests.keys()].sort().join(' and ')}`;
        return { kind: 'two digests', item, destination: place, message };
    })));
}
function repositoryConflicts(wish, observed) {
    const source = formatPlace(wish.source);
    const places = wish.destinations.map(formatPlace);
    return [
        ...[...observed.unreadable].map(([digest, message]) => ({ kind: 'unreadable', item: `${source}@${digest}`, message })),
        ...observed.destinations.flatMap((found, index) => {
            const at = { source, destination: places[index] ?? '' };
            return wish.images.flatMap((image) => destinationConflicts(image, observed.images.get(image.digest), found, at));
        }),
    ];
}
function destinationConflicts(image, source, found, at) {
    const { destination } = at;
    const conflict = (kind, message) => [
        { kind, item: `${at.source}@${image.digest}`, destination, message },
    ];
    const unreadable = found.unreadable ?? found.unreadableImages.get(image.digest);
    if (unreadable !== undefined)
        return conflict('unreadable', unreadable);
    const moved = image.tags.flatMap((tag) => {
        const there = found.tags.get(tag);
        if (there === undefined || there === image.digest)
            return [];
        return conflict('tag moved', `${destination}:${tag} is ${there}, and a tag is never moved to another digest (${image.digest})`);
    });
    const differing = (source?.evidence ?? []).flatMap(({ tag, digest }) => {
        const there = tag && found.tags.get(tag);
        if (there === undefined || there === digest)
            return [];
        return conflict('evidence differs', `${destination}:${tag} is ${there}, but ${digest} at the source`);
    });
    return [...moved, ...differing];
}

;// CONCATENATED MODULE: ./build/source/src/promote/images/plan.js




/**
 * Compares what shall be with what is. Pure.
 * @param observed as many as wishes, in their order
 * @param objections of the evidence policy, by `SOURCE@DIGEST`
 */
function planImages(wishes, observed, objections) {
    const conflicts = conflictsOf(wishes, observed, objections);
    // A destination that cannot be reached keeps its own copy waiting; everything else concerns the image everywhere.
    const blocking = conflicts.filter(({ kind, destination }) => kind !== 'unreadable' || destination === undefined);
    const blocked = new Set(blocking.map(({ item }) => item));
    const images = wishes.flatMap((wish, index) => {
        const found = observed[index];
        return found ? promotionsFrom(wish, found, blocked) : [];
    });
    return { images, conflicts };
}
function promotionsFrom(wish, observed, blocked) {
    if (observed.images.size === 0)
        return [];
    const source = formatPlace(wish.source);
    const places = wish.destinations.map(formatPlace);
    return wish.images.flatMap((image) => {
        const found = observed.images.get(image.digest);
        if (!found || blocked.has(`${source}@${image.digest}`))
            return [];
        const lacks = observed.destinations.flatMap((destination, index) => {
            const isReadable = destination.unreadable === undefined && !destination.unreadableImages.has(image.digest);
            const lack = isReadable ? lackOf(image, found, destination, observed.toSign.get(image.digest)) : undefined;
            return lack && isLacking(lack) ? { place: places[index] ?? '', lack } : [];
        });
        if (lacks.length === 0)
            return [];
        return [{ project: wish.project, source, digest: image.digest, transfers: transfersOf(lacks, found) }];
    });
}
function transfersOf(lacks, image) {
    const groups = new Map();
    for (const { place, lack } of lacks) {
        const key = keyOf(lack, image);
        const group = groups.get(key);
        if (group)
            group.places.push(place);
        else
            groups.set(key, { places: [place], lack });
    }
    return [...groups.values()].map(({ places, lack }) => transferOf(places.sort(), lack));
}
/** The same for destinations that lack the same. */
const keyOf = ({ manifests, evidence, tags, signed }, image) => [
    manifests.length === image.manifests.length ? 'all' : manifests.map(({ digest }) => digest).join(' '),
    evidence.length === image.evidence.length ? 'all' : evidence.map((item) => `${item.tag} ${item.digest}`).join(' '),
    tags.join(' '),
    signed.map(signedKey).join(' '),
].join('|');
function transferOf(destinations, { manifests, evidence, tags, signed }) {
    const written = [
        ...manifests.map(({ stored, digest }) => [stored ?? unread(digest)]),
        ...evidence.map((item) => item.manifests ?? [unread(item.digest)]),
    ];
    const blobs = new Map(written
        .flat()
        .flatMap(blobsOf)
        .map(({ digest, size }) => [digest, { digest, size }]));
    return {
        destinations,
        blobs: [...blobs.values()],
        manifests: manifests.map(({ digest }) => digest),
        evidence: evidence.map(({ subject, digest, tag }) => ({ subject, digest, ...(tag === undefined ? {} : { tag }) })),
        tags,
        signed,
    };
}
function unread(digest) {
    throw new Error(`${digest} is missing somewhere, but was not read`);
}

;// CONCATENATED MODULE: ./build/source/src/promote/images/index.js
/** Images: what shall be where, what is there, what is missing, and bringing it. */







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
        if (entries.length === 0)
            emptied.push({ name: text, location: yaml.locate(item) });
        for (const { key, keyNode, value } of entries) {
            const location = yaml.locate(keyNode);
            const tags = readTags(yaml, value, findings);
            if (!(0,oci/* isDigest */.Bc)(key))
                findings.push({ location, rule: 'digest', message: `'${key}' is not a SHA-256 digest` });
            // With a tag missing the entry would be promoted in part; it waits until it is mended.
            else if (tags)
                images.push({ name: text, digest: key, tags, location });
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

;// CONCATENATED MODULE: ./build/source/src/manifests/texts.js



/** The folders of a tree that can hold manifests. */
const treeFolders = ['filestores', 'images', 'manifests'];
/** Whether a path below the root of a tree is read. */
const isTreeText = (path) => path.endsWith('.yaml') && treeFolders.some((folder) => path.startsWith(`${folder}/`));
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
        return { root: path, texts: new Map([['', await readText(path)]]) };
    const listed = await Promise.all(treeFolders.map((folder) => list(path, folder)));
    const paths = listed.flat().filter(isTreeText).sort();
    const texts = await (0,runner/* mapConcurrently */.X2)(paths, 16, (name) => readText((0,external_node_path_.join)(path, name)));
    return { root: path, texts: new Map(paths.map((name, index) => [name, texts[index] ?? ''])) };
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

;// CONCATENATED MODULE: ./build/source/src/manifests/read.js







/**
 * The manifests at a path: a plain image manifest, a file manifest or a configuration of GitHub releases; or a folder with a
 * thin tree of image manifests (`manifests/<project>/promoter-manifest.yaml`, `images/<project>/images.yaml`) or of file
 * manifests (`filestores/<project>/filepromoter-manifest.yaml`, `manifests/<project>/*.yaml`), at exactly that depth.
 * @param path absolute
 * @throws UserError or FailedItems that name file, line and column of each mistake
 */
async function readManifests(path) {
    const { manifests, failures } = parseManifests(await readManifestTexts(path));
    const [failure] = failures;
    if (failure && failures.length === 1)
        throw failure;
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE('Manifests that cannot be read', failures);
    return manifests;
}
/** The image manifests at a path. @throws UserError also when there are manifests of another kind */
async function readImageManifests(path) {
    const found = await readManifests(path);
    if (found.kind === 'images')
        return found.manifests;
    throw new runner/* UserError */.yo(`${path} has no image manifests`, { hint: "They have 'registries' and 'images'." });
}
/** @throws UserError when the texts are no manifests at all */
function parseManifests({ root, texts }) {
    const single = texts.get('');
    if (single !== undefined)
        return parseSingle(single, root);
    const names = [...texts.keys()];
    const thin = projectsOf(names, 'manifests', 'promoter-manifest.yaml', root);
    const files = projectsOf(names, 'filestores', 'filepromoter-manifest.yaml', root);
    if (thin.length > 0 && files.length > 0) {
        throw new runner/* UserError */.yo(`${root} has manifests of images and of files`, { hint: 'Keep them in two folders.' });
    }
    const parse = (name) => {
        const file = (0,external_node_path_.join)(root, name);
        const text = texts.get(name);
        if (text === undefined)
            throw new runner/* UserError */.yo('there is no such file', { location: { file } });
        return parseStrictYaml(text, file);
    };
    if (files.length > 0) {
        const { found, failures } = collect(files, (project) => {
            const lists = names.filter((name) => isListOf(project, name));
            return parseFileManifestTree(parse(`filestores/${project}/filepromoter-manifest.yaml`), lists.map(parse), project);
        });
        return { manifests: { kind: 'files', manifests: found }, failures };
    }
    if (thin.length === 0) {
        throw new runner/* UserError */.yo(`${root} is no tree of manifests`, {
            hint: 'It needs manifests/PROJECT/promoter-manifest.yaml and images/PROJECT/images.yaml.',
        });
    }
    const { found, failures } = collect(thin, (project) => parseThinManifest(parse(`manifests/${project}/promoter-manifest.yaml`), parse(`images/${project}/images.yaml`), project));
    return { manifests: { kind: 'images', manifests: found }, failures };
}
function parseSingle(text, file) {
    const project = (0,external_node_path_.basename)(file).replace(/\.ya?ml$/, '');
    const failures = [];
    try {
        const yaml = parseStrictYaml(text, file);
        const keys = new Set(yaml.entries(yaml.root, 'the manifest').map(({ key }) => key));
        if (keys.has('releaseConfigs')) {
            return { manifests: { kind: 'releases', configs: parseReleaseConfigs(yaml) }, failures };
        }
        if (keys.has('filestores') || keys.has('files')) {
            return { manifests: { kind: 'files', manifests: [parseFileManifest(yaml, project)] }, failures };
        }
        return { manifests: { kind: 'images', manifests: [parsePlainManifest(yaml, project)] }, failures };
    }
    catch (error) {
        if (!(error instanceof runner/* UserError */.yo))
            throw error;
        return { manifests: { kind: 'images', manifests: [] }, failures: [error] };
    }
}
const isListOf = (project, name) => name.startsWith(`manifests/${project}/`) && name.split('/').length === 3;
/** A mistake in one project does not hide the others. */
function collect(projects, parse) {
    const found = [];
    const failures = [];
    for (const project of projects) {
        try {
            found.push(parse(project));
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            failures.push(error);
        }
    }
    return { found, failures };
}
/** The projects of a tree, sorted. @throws UserError when a manifest is not where it belongs */
function projectsOf(names, folder, manifest, root) {
    return names
        .filter((name) => name.startsWith(`${folder}/`) && name.endsWith(`/${manifest}`))
        .map((name) => {
        const [project = '', ...deeper] = name.slice(folder.length + 1).split('/');
        if (deeper.length === 1)
            return project;
        throw new runner/* UserError */.yo(`${(0,external_node_path_.join)(root, name)} is not where a manifest belongs`, {
            hint: `Put it at ${folder}/PROJECT/${manifest}.`,
            location: { file: (0,external_node_path_.join)(root, name) },
        });
    })
        .sort();
}

;// CONCATENATED MODULE: ./build/source/src/manifests/index.js


// EXTERNAL MODULE: ./build/source/src/registry/index.js + 19 modules
var registry = __webpack_require__(25926);
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

// EXTERNAL MODULE: ./build/source/src/sigstore/index.js + 28 modules
var sigstore = __webpack_require__(2068);
;// CONCATENATED MODULE: ./build/source/src/policy/byte-gate.js
/** @param limit bytes that all work under way may hold together; larger work runs alone */
function byteGate(limit) {
    let held = 0;
    const waiting = [];
    return async (bytes, work) => {
        const share = Math.min(bytes, limit);
        while (held + share > limit)
            await new Promise((resolve) => waiting.push(resolve));
        held += share;
        try {
            return await work();
        }
        finally {
            held -= share;
            for (const wake of waiting.splice(0))
                wake();
        }
    };
}

// EXTERNAL MODULE: ./build/source/src/attest/index.js + 16 modules
var attest = __webpack_require__(33863);
// EXTERNAL MODULE: ./build/source/src/sign/index.js + 13 modules
var sign = __webpack_require__(52831);
;// CONCATENATED MODULE: ./build/source/src/policy/objection.js
/** Promoted images have dozens of signatures; these are shown of them. */
const mostReasons = 4;
/** What speaks against the evidence beside some manifests that is, or may be, of one of the types. */
function objectionsTo(manifests, types, facts) {
    const objections = facts
        .filter((fact) => manifests.includes(fact.subject) && mayBe(fact, types))
        .map((fact) => objectionTo(fact));
    if (objections.length === 0)
        return { kind: undefined, reasons: undefined };
    const invalid = objections.some(({ kind }) => kind === 'invalid');
    const shown = objections.slice(0, mostReasons).map(({ reason }) => reason);
    const more = objections.length - shown.length;
    return {
        kind: invalid ? 'invalid' : 'wrong-signer',
        reasons: [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; '),
    };
}
/** What did not verify is taken for what it claims to be, or for anything where it claims nothing. */
const mayBe = ({ claimed, outcome }, types) => outcome.kind === 'verified' ? types.includes(outcome.predicateType) : claimed === undefined || types.includes(claimed);
function objectionTo({ digest, outcome }) {
    switch (outcome.kind) {
        case 'verified':
            return { kind: 'invalid', reason: `${digest}: it speaks of another image` };
        case 'invalid':
        case 'wrong-signer':
            return { kind: outcome.kind, reason: `${digest}: ${outcome.reason}` };
    }
}

;// CONCATENATED MODULE: ./build/source/src/policy/platforms.js

/**
 * The images that clients pull: those that an index lists for a platform, or the root where it is none.
 * BuildKit lists attestations, too, for the platform `unknown/unknown`, which no client picks.
 */
function platformsOf(manifests) {
    const root = manifests.at(-1)?.descriptor.digest;
    const indexes = manifests.filter(platforms_isIndex);
    const listed = indexes.flatMap(({ bytes, descriptor }) => (0,oci/* parseIndex */.A1)(bytes, descriptor.digest).manifests);
    const picked = new Set(listed.filter((descriptor) => !isUnknown(descriptor)).map(({ digest }) => digest));
    return manifests
        .filter((manifest) => !platforms_isIndex(manifest))
        .map(({ descriptor }) => descriptor.digest)
        .filter((digest) => digest === root || picked.has(digest));
}
const platforms_isIndex = ({ descriptor: { mediaType } }) => mediaType === oci/* mediaTypes */.Ib.index || mediaType === oci/* mediaTypes */.Ib.dockerManifestList;
const isUnknown = ({ platform }) => platform?.os === 'unknown' && platform.architecture === 'unknown';

;// CONCATENATED MODULE: ./build/source/src/policy/judge.js




/**
 * Judges an image by what was verified beside it.
 * A signature is demanded of every manifest, also of those that an index lists: who pulls one platform has that digest.
 * A predicate is demanded of the image as a whole: its root has it, or each of its platforms does.
 */
function judgeEvidence({ manifests }, { mode, predicates }, facts) {
    const sorted = facts.toSorted((left, right) => (preference(left) < preference(right) ? -1 : 1));
    const root = manifests.at(-1)?.descriptor.digest;
    if (root === undefined)
        throw new Error('an image has a root');
    const platforms = platformsOf(manifests);
    const answers = [
        ...manifests.map(({ descriptor }) => answerSignature(descriptor.digest, sorted)),
        ...predicates.map((predicate) => answerPredicate(predicate, root, platforms, sorted)),
    ];
    return {
        mode,
        findings: answers.flatMap((answer) => ('finding' in answer ? answer.finding : [])),
        needed: placesOf(answers.flatMap((answer) => ('met' in answer ? answer.met : []))),
    };
}
// Referrers before legacy tags, which others add to; beyond that, the same choice in every run.
const preference = ({ tag, digest, subject }) => [tag ?? '', digest, subject].join(' ');
function answerSignature(manifest, facts) {
    const fact = factAbout(manifest, [sign/* imageSignatureType */.W8], facts);
    if (fact)
        return { met: [fact] };
    const { kind = 'missing-signature', reasons } = objectionsTo([manifest], [sign/* imageSignatureType */.W8], facts);
    return { finding: { kind, manifest, message: reasons ?? 'nobody signed it' } };
}
function answerPredicate(predicate, root, platforms, facts) {
    const types = acceptedTypes(predicate);
    const ofRoot = factAbout(root, types, facts);
    if (ofRoot)
        return { met: [ofRoot] };
    const ofPlatforms = platforms.map((platform) => factAbout(platform, types, facts));
    const met = ofPlatforms.filter((fact) => fact !== undefined);
    if (platforms.length > 0 && met.length === platforms.length)
        return { met };
    const lacking = platforms.filter((platform, index) => platform !== root && !ofPlatforms[index]);
    const { kind = 'missing-predicate', reasons } = objectionsTo([root, ...lacking], types, facts);
    const whereElse = lacking.length === 0 ? '' : `, nor of each platform: not of ${lacking.join(', ')}`;
    const because = reasons === undefined ? '' : ` (${reasons})`;
    return { finding: { kind, manifest: root, message: `no signer attested ${predicate} of it${whereElse}${because}` } };
}
// A statement counts for what its subjects say, never for what it lies beside.
const factAbout = (manifest, types, facts) => facts.find(({ subject, outcome }) => subject === manifest &&
    outcome.kind === 'verified' &&
    types.includes(outcome.predicateType) &&
    outcome.subjects.includes(manifest));
/** The types that fulfil a demand: cosign and actions/attest name SPDX documents by different ones. */
const acceptedTypes = (predicate) => predicate === attest/* predicateTypes */.ZR.spdx ? [attest/* predicateTypes */.ZR.spdx, attest/* predicateTypes */.ZR.spdxVersioned] : [predicate];
/** Each piece of evidence once, though it may fulfil several demands. */
function placesOf(facts) {
    const places = facts.map(({ subject, digest, tag }) => ({ subject, digest, ...(tag === undefined ? {} : { tag }) }));
    return [...new Map(places.map((place) => [`${place.subject} ${place.digest} ${place.tag}`, place])).values()];
}

;// CONCATENATED MODULE: ./build/source/src/policy/signed-document.js




/** Of a legacy tag, to which every promotion may have added one. */
const mostLayers = 200;
/** What is signed beside the manifests of an image. Other artifacts, such as plain SBOMs, are not. */
function signedDocuments({ manifests, evidence }) {
    const subjects = new Set(manifests.map(({ descriptor }) => descriptor.digest));
    return evidence.flatMap(({ subject, tag, manifests: tree }) => {
        const root = tree.at(-1);
        // An index is no signature, and what lies beside evidence says nothing of the image.
        if (!root || tree.length > 1 || !subjects.has(subject))
            return [];
        const place = { subject, digest: root.descriptor.digest, ...(tag === undefined ? {} : { tag }) };
        try {
            return documentsOf(root.bytes, place);
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            return [{ ...place, claimed: undefined, outcome: { kind: 'invalid', reason: error.message } }];
        }
    });
}
function documentsOf(bytes, place) {
    const { layers, annotations } = (0,oci/* parseManifest */.Ng)(bytes, place.digest);
    if (layers.length > mostLayers)
        throw new runner/* UserError */.yo(`it has ${layers.length} layers; ${mostLayers} are read at most`);
    return layers.flatMap((layer) => {
        const format = formatOf(layer);
        if (!format)
            return [];
        return [{ ...place, format, layer, claimed: claimOf(format, { ...annotations, ...layer.annotations }) }];
    });
}
// The media type of the layer decides: registries give referrers other artifact types than they have.
function formatOf({ mediaType }) {
    switch (mediaType) {
        case sigstore/* legacyMediaTypes */.zI.simpleSigning:
            return 'legacy signature';
        case sigstore/* legacyMediaTypes */.zI.envelope:
            return 'legacy attestation';
        default:
            return /^application\/vnd\.dev\.sigstore\.bundle[.+]/.test(mediaType) ? 'bundle' : undefined;
    }
}
function claimOf(format, annotations) {
    switch (format) {
        case 'bundle':
            return annotations['dev.sigstore.bundle.predicateType'];
        case 'legacy attestation':
            return annotations.predicateType;
        case 'legacy signature':
            return sign/* imageSignatureType */.W8;
    }
}

;// CONCATENATED MODULE: ./build/source/src/policy/verify-document.js






/** Bytes. A simple signing document is some hundred; a bundle may hold a predicate of 16 MiB in base64. */
const largest = {
    bundle: 32 << 20,
    'legacy attestation': 32 << 20,
    'legacy signature': 1 << 20,
};
/**
 * Reads a document and tries each signer.
 * @throws UserError when it cannot be read; what is wrong with the document itself is the outcome
 */
async function verifyDocument(document, repository, verifiers) {
    const { format, layer } = document;
    if (layer.size > largest[format]) {
        return { kind: 'invalid', reason: `it is too large: ${layer.size} bytes; ${largest[format]} are read at most` };
    }
    const bytes = await (0,consumers_.buffer)(await repository.readBlob(layer));
    let wrongSigner;
    let invalid;
    for (const verifier of verifiers) {
        try {
            return await statementIn(bytes, document, verifier);
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            if (error instanceof sigstore/* WrongSigner */.MF) {
                wrongSigner = { kind: 'wrong-signer', reason: `it is by ${error.claimed}, who is no signer of the policy` };
            }
            else
                invalid = { kind: 'invalid', reason: error.message };
        }
    }
    // What fails under the signer that it claims tells more than that it is by none of the others.
    return invalid ?? wrongSigner ?? { kind: 'invalid', reason: 'the policy names no signer' };
}
async function statementIn(bytes, { format, layer: { annotations = {} } }, verifier) {
    if (format === 'legacy signature') {
        await verifier.verifyBlob((0,sigstore/* legacySignatureBundle */.gr)(bytes, annotations), () => external_node_stream_.Readable.from([bytes]));
        return { kind: 'verified', predicateType: sign/* imageSignatureType */.W8, subjects: [(0,sigstore/* simpleSigningDigest */._T)(bytes)] };
    }
    const bundle = format === 'bundle' ? bytes : (0,sigstore/* legacyAttestationBundle */.c3)(bytes, annotations);
    const statement = (0,attest/* parseStatement */.By)((await verifier.verifyStatement(bundle)).statement);
    return { kind: 'verified', predicateType: statement.predicateType, subjects: (0,attest/* subjectDigests */.IF)(statement) };
}

;// CONCATENATED MODULE: ./build/source/src/policy/observe.js





const documentsAtOnce = 4;
/**
 * Reads and verifies what lies beside images; a document that lies beside several is read once.
 * What claims to attest something that nobody asked for, such as an SBOM of many megabytes, is left unread.
 * @param predicates that are demanded beside signatures
 */
function evidenceObserver(verifiers, predicates, gate) {
    const wanted = new Set([sign/* imageSignatureType */.W8, ...predicates.flatMap(acceptedTypes)]);
    const outcomes = new Map();
    const outcomeOf = (document, repository) => {
        const { mediaType, digest, annotations } = document.layer;
        // In the legacy formats the annotations are part of the signature.
        const key = JSON.stringify([mediaType, digest, annotations]);
        const known = outcomes.get(key);
        if (known !== undefined)
            return known;
        const outcome = gate(document.layer.size, () => verifyDocument(document, repository, verifiers));
        outcomes.set(key, outcome);
        // What could not be read now may be readable in another repository.
        outcome.catch(() => outcomes.delete(key));
        return outcome;
    };
    return (image, repository) => {
        const documents = signedDocuments(image).filter(({ claimed }) => claimed === undefined || wanted.has(claimed));
        return (0,runner/* mapConcurrently */.X2)(documents, documentsAtOnce, async (document) => {
            const { subject, digest, tag, claimed } = document;
            const outcome = 'outcome' in document ? document.outcome : await outcomeOf(document, repository);
            return { subject, digest, ...(tag === undefined ? {} : { tag }), claimed, outcome };
        });
    };
}

;// CONCATENATED MODULE: ./build/source/src/policy/policy.js
/** @param project folder in a thin tree, or name of a release; undefined for an image of no project */
const requirementsOf = (policy, project) => (project === undefined ? undefined : policy.projects.get(project)) ?? policy.default;

;// CONCATENATED MODULE: ./build/source/src/policy/open.js





/** Of documents in memory at a time, as they are stored; parsed, each takes a few times as much. */
const mostBytes = 48 << 20;
/**
 * Opens a verifier for each signer of the policy.
 * @throws UserError when a trusted root is needed and cannot be read
 */
async function openEvidenceJudge(policy) {
    const open = (0,sigstore/* verifierOpener */.gb)(policy.trustedRoot);
    const gate = byteGate(mostBytes);
    const observers = new Map();
    for (const requirements of [policy.default, ...policy.projects.values()]) {
        if (requirements.mode === 'off')
            continue;
        const verifiers = await Promise.all(requirements.signers.map(open));
        observers.set(requirements, evidenceObserver(verifiers, requirements.predicates, gate));
    }
    return {
        async judge(project, image, repository) {
            const requirements = requirementsOf(policy, project);
            const observe = observers.get(requirements);
            if (!observe)
                return { mode: requirements.mode, findings: [], needed: [] };
            return judgeEvidence(image, requirements, await observe(image, repository));
        },
    };
}

;// CONCATENATED MODULE: ./build/source/src/policy/parse.js


const modes = ['off', 'warn', 'require'];
/** @throws UserError with the place of the first mistake */
function parsePolicy(source, file) {
    const yaml = parseStrictYaml(source, file);
    const members = yaml.record(yaml.root, 'the policy', ['default', 'projects', 'trusted-root']);
    if (members.default === undefined) {
        throw new runner/* UserError */.yo("the policy has no 'default'", {
            hint: "It holds for every project that is not named; write 'mode: off' there to look at none of them.",
            location: yaml.locate(yaml.root),
        });
    }
    const projects = new Map();
    for (const { key, keyNode, value } of yaml.entries(members.projects, "'projects'")) {
        if (!/^\S+$/.test(key))
            throw new runner/* UserError */.yo(`'${key}' is not a project`, { location: yaml.locate(keyNode) });
        projects.set(key, parseRequirements(yaml, value, keyNode, `'${key}'`));
    }
    return {
        default: parseRequirements(yaml, members.default, members.default, "'default'"),
        projects,
        trustedRoot: parsePath(yaml, members['trusted-root'], "'trusted-root'"),
    };
}
function parseRequirements(yaml, node, place, what) {
    const members = yaml.record(node, what, ['mode', 'signers', 'predicates']);
    const mode = parseMode(yaml, members.mode, place, what);
    const signers = yaml.list(members.signers, `'signers' of ${what}`).map((signer) => parseSigner(yaml, signer));
    if (mode !== 'off' && signers.length === 0) {
        throw new runner/* UserError */.yo(`${what} does not say who must have signed`, {
            hint: "Give 'signers', or write 'mode: off'.",
            location: yaml.locate(members.mode),
        });
    }
    const predicates = yaml.list(members.predicates, `'predicates' of ${what}`).map((each) => parsePredicate(yaml, each));
    return { mode, signers, predicates };
}
function parseMode(yaml, node, place, what) {
    const text = yaml.text(node, `'mode' of ${what}`);
    const mode = modes.find((known) => known === text);
    if (mode)
        return mode;
    if (text === undefined) {
        throw new runner/* UserError */.yo(`${what} has no 'mode'`, {
            hint: `Write one of: ${modes.join(', ')}.`,
            location: yaml.locate(place),
        });
    }
    const near = (0,runner/* suggest */.ZA)(text, modes);
    throw new runner/* UserError */.yo(`'${text}' is not a mode`, {
        hint: near ? `Did you mean '${near}'?` : `Known are ${modes.join(', ')}.`,
        location: yaml.locate(node),
    });
}
function parseSigner(yaml, node) {
    const members = yaml.record(node, 'a signer', ['identity', 'issuer', 'key']);
    const identity = yaml.text(members.identity, "'identity'");
    const issuer = yaml.text(members.issuer, "'issuer'");
    const key = parsePath(yaml, members.key, "'key'");
    if (key && identity === undefined && issuer === undefined)
        return { kind: 'key', key };
    if (key || !identity || !issuer) {
        throw new runner/* UserError */.yo("a signer is an 'identity' with its 'issuer', or a 'key'", { location: yaml.locate(node) });
    }
    // A pattern would be compared as text and never be met; who writes one means something else.
    if (/[*^\\]/.test(identity)) {
        throw new runner/* UserError */.yo(`'${identity}' looks like a pattern; identities are compared as they are`, {
            hint: 'Write the whole identity as the certificate has it; list several signers where there are several.',
            location: yaml.locate(members.identity),
        });
    }
    if (!/^https?:\/\/\S+$/.test(issuer)) {
        throw new runner/* UserError */.yo(`'${issuer}' is not an issuer`, {
            hint: 'Write its URL, such as https://token.actions.githubusercontent.com.',
            location: yaml.locate(members.issuer),
        });
    }
    return { kind: 'keyless', identity, issuer };
}
function parsePredicate(yaml, node) {
    const type = yaml.text(node, 'a predicate type') ?? '';
    if (/^https?:\/\/[^/\s]+\/\S+$/.test(type))
        return type;
    throw new runner/* UserError */.yo(`'${type}' is not a predicate type`, {
        hint: 'Write its URI, such as https://slsa.dev/provenance/v1.',
        location: yaml.locate(node),
    });
}
function parsePath(yaml, node, what) {
    if (node === undefined)
        return undefined;
    const path = yaml.text(node, what);
    if (path)
        return { path, location: yaml.locate(node) };
    throw new runner/* UserError */.yo(`${what} names no file`, { location: yaml.locate(node) });
}

;// CONCATENATED MODULE: ./build/source/src/policy/read.js






/**
 * Reads a policy file and the keys that it names.
 * @param path absolute
 * @throws UserError with file, line and column
 */
async function readEvidencePolicy(path, step) {
    const bytes = await (0,promises_.readFile)(path).catch((error) => {
        throw new runner/* UserError */.yo(`Cannot read the evidence policy ${path}: ${(0,runner/* describeError */.Uc)(error)}`);
    });
    const written = parsePolicy(bytes.toString('utf8'), path);
    const find = ({ path: relative, location }) => at(location, async () => step.resolvePath((0,external_node_path_.resolve)((0,external_node_path_.dirname)(path), relative)));
    const read = (requirements) => readKeys(requirements, find);
    const projects = await Promise.all([...written.projects].map(async ([name, requirements]) => [name, await read(requirements)]));
    return {
        default: await read(written.default),
        projects: new Map(projects),
        trustedRoot: written.trustedRoot && (await find(written.trustedRoot)),
        digest: (0,oci/* digestOfBytes */.by)(bytes),
    };
}
async function readKeys({ mode, signers, predicates }, find) {
    const read = async (signer) => {
        if (signer.kind === 'keyless')
            return signer;
        const path = await find(signer.key);
        return at(signer.key.location, () => (0,sigstore/* readKeySigner */.qx)(path));
    };
    return { mode, signers: await Promise.all(signers.map(read)), predicates };
}
/** A mistake in what the policy names is shown where the policy names it. */
async function at(location, body) {
    try {
        return await body();
    }
    catch (error) {
        if (!(error instanceof runner/* UserError */.yo))
            throw error;
        throw new runner/* UserError */.yo(error.message, { ...(error.hint ? { hint: error.hint } : {}), location, cause: error });
    }
}

;// CONCATENATED MODULE: ./build/source/src/policy/index.js
/**
 * Evidence policies: who must have signed an image, and what must be attested of it, before it is promoted.
 * A policy is judged at the source; the verdict names the digests that a destination must have.
 */




;// CONCATENATED MODULE: ./build/source/src/promote/evidence.js



const evidence_imagesAtOnce = 4;
/**
 * Judges at the source what was read of each image. Evidence is carried by its digest, so that what holds there holds at
 * every destination that has the same digest.
 * @throws UserError when the policy, or a key that it names, cannot be read
 */
async function judgeImages(path, wishes, observed, repositories, step) {
    const judge = await openEvidenceJudge(await readEvidencePolicy(path, step));
    const objections = new Map();
    const warnings = new Map();
    const items = wishes.flatMap((wish, index) => [...(observed[index]?.images ?? [])].map(([digest, image]) => ({ wish, digest, image })));
    const progress = step.progress('Judging evidence', items.length);
    await (0,runner/* mapConcurrently */.X2)(items, evidence_imagesAtOnce, async ({ wish, digest, image }) => {
        step.signal.throwIfAborted();
        const messages = await judgeImage(judge, wish, image, repositories);
        const item = `${formatPlace(wish.source)}@${digest}`;
        if (messages.objections.length > 0)
            objections.set(item, messages.objections);
        if (messages.warnings.length > 0)
            warnings.set(item, messages.warnings);
        progress.advance();
    });
    progress.done();
    for (const [item, messages] of warnings)
        for (const message of messages)
            step.log.warning(`${item}: ${message}`);
    return { objections, warnings, judged: items.length };
}
async function judgeImage(judge, { project, source }, image, repositories) {
    try {
        const { mode, findings } = await judge.judge(project === '' ? undefined : project, {
            manifests: image.manifests.flatMap(({ stored }) => stored ?? []),
            evidence: image.evidence.flatMap(withManifests),
        }, repositories.open(source));
        const messages = findings.map(({ manifest, message }) => `${manifest}: ${message}`);
        return mode === 'require' ? { objections: messages, warnings: [] } : { objections: [], warnings: messages };
    }
    catch (error) {
        if (!(error instanceof runner/* UserError */.yo))
            throw error;
        // Evidence that cannot be read proves nothing.
        return { objections: [(0,runner/* describeError */.Uc)(error)], warnings: [] };
    }
}
const withManifests = ({ manifests, ...evidence }) => (manifests ? [{ ...evidence, manifests }] : []);

;// CONCATENATED MODULE: ./build/source/src/promote/journal.js





const noJournal = { isDone: () => false, note: async () => undefined };
/** @throws UserError when the file cannot be read */
async function openJournal(path) {
    const text = await (0,promises_.readFile)(path, 'utf8').catch((error) => {
        if (error.code === 'ENOENT')
            return '';
        throw new runner/* UserError */.yo(`Cannot read the journal ${path}: ${(0,runner/* describeError */.Uc)(error)}`);
    });
    const done = new Set(text.split('\n').flatMap(keyOfLine));
    return {
        isDone: (source, image, destination) => done.has(journal_keyOf(entryOf(source, image, destination))),
        async note(source, image, destination) {
            const entry = entryOf(source, image, destination);
            const key = journal_keyOf(entry);
            if (done.has(key))
                return;
            done.add(key);
            await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
            // One short write at the end of the file: a kill leaves whole lines, and one torn line at most.
            await (0,promises_.appendFile)(path, `${JSON.stringify(entry)}\n`);
        },
    };
}
const entryOf = (source, { digest, tags }, destination) => ({
    source: formatPlace(source),
    digest,
    destination: formatPlace(destination),
    tags: [...tags].sort(),
});
const journal_keyOf = ({ source, digest, destination, tags }) => [source, digest, destination, ...tags].join(' ');
/** A line that was torn by a kill, or is something else, counts for nothing. */
function keyOfLine(line) {
    try {
        const { source, digest, destination, tags } = JSON.parse(line);
        const isEntry = typeof source === 'string' && (0,oci/* isDigest */.Bc)(String(digest)) && typeof destination === 'string' && Array.isArray(tags);
        return isEntry ? [journal_keyOf({ source, digest, destination, tags: tags.map((tag) => (0,oci/* parseTag */.ED)(String(tag))) })] : [];
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./build/source/src/promote/report.js



/**
 * What became of everything that the approved plan has for some hosts. Pure.
 * @param plan what was still missing when this run looked
 * @param hosts empty for all
 */
function reportOf(approved, plan, promotion, hosts) {
    const states = statesOf(plan, promotion);
    const isOurs = (address) => hosts.length === 0 || hosts.includes(hostOfAddress(address));
    const images = approved.images.flatMap(({ source, digest, transfers }) => transfers.flatMap(({ destinations, tags }) => destinations.filter(isOurs).map((destination) => {
        const state = states(`${source}@${digest}`, destination);
        return { source, digest, destination, tags, ...state };
    })));
    const files = approved.files
        .filter(({ destination }) => isOurs(destination))
        .map(({ name, sha256, destination }) => ({ name, sha256, destination, ...states(name, destination) }));
    const seen = new Set([...images, ...files].map(({ destination }) => hostOfAddress(destination)));
    return {
        schemaVersion: 1,
        plan: digestOfPlan(approved),
        hosts: [...(hosts.length === 0 ? seen : new Set(hosts))].sort(),
        images,
        files,
        conflicts: plan.conflicts.map(({ kind, item, destination, message }) => ({
            kind,
            item,
            ...(destination === undefined ? {} : { destination }),
            message,
        })),
    };
}
/** What became of an item at a destination. */
function statesOf(plan, promotion) {
    const known = new Map();
    const note = (item, destination, state) => void known.set(`${item} ${destination}`, state);
    for (const { source, digest, transfers } of plan.images) {
        for (const destination of transfers.flatMap(({ destinations }) => destinations)) {
            note(`${source}@${digest}`, destination, { state: 'planned' });
        }
    }
    for (const { name, destination } of plan.files)
        note(name, destination, { state: 'planned' });
    for (const { promotion: image, destination, failure } of promotion?.images ?? []) {
        note(`${image.source}@${image.digest}`, destination, stateOf(failure));
    }
    for (const { file, failure } of promotion?.files ?? [])
        note(file.name, file.destination, stateOf(failure));
    return (item, destination) => {
        const conflict = plan.conflicts.find((one) => one.item === item && (one.destination === undefined || one.destination === destination));
        return (known.get(`${item} ${destination}`) ??
            (conflict ? { state: 'blocked', reason: conflict.message } : { state: 'present' }));
    };
}
const stateOf = (failure) => failure ? { state: 'failed', reason: (0,runner/* describeError */.Uc)(failure) } : { state: 'promoted' };

;// CONCATENATED MODULE: ./build/source/src/promote/repositories.js


function openRepositories(step, plainHttp) {
    const opened = new Map();
    return {
        open(place) {
            const key = formatPlace(place);
            const repository = opened.get(key) ?? (0,registry/* openRepository */.h_)(place.location, place.name, step, { plainHttp });
            opened.set(key, repository);
            return repository;
        },
    };
}

;// CONCATENATED MODULE: ./build/source/src/promote/shards.js

/** A request takes about as long as this many bytes. */
const bytesOfRequest = 1 << 20;
/** GitHub starts no more jobs for one matrix. */
const mostShards = 256;
/**
 * Cuts a plan by destination hosts, one shard a host; where that is more than `most`, hosts share a shard so that all have
 * about the same to do. The largest comes first, since it ends last. Pure.
 */
function shardsOf(plan, most) {
    const loads = [...loadsOf(plan)].sort(([left, a], [right, b]) => weightOf(b) - weightOf(a) || (left < right ? -1 : 1));
    const bins = Array.from({ length: Math.min(most, loads.length) }, () => ({
        hosts: [],
        requests: 0,
        bytes: 0,
    }));
    for (const [host, load] of loads) {
        const lightest = bins.reduce((least, bin) => (weightOf(bin) < weightOf(least) ? bin : least));
        lightest.hosts.push(host);
        lightest.requests += load.requests;
        lightest.bytes += load.bytes;
    }
    return bins
        .sort((left, right) => weightOf(right) - weightOf(left))
        .map(({ hosts, requests, bytes }) => ({ name: nameOf(hosts), hosts: hosts.sort(), requests, bytes }));
}
const weightOf = ({ requests, bytes }) => requests * bytesOfRequest + bytes;
const nameOf = (hosts) => hosts.length === 1 ? (hosts[0] ?? '') : `${hosts[0]} and ${hosts.length - 1} more`;
function loadsOf(plan) {
    const loads = new Map();
    const add = (destination, requests, bytes) => {
        const host = hostOfAddress(destination);
        const load = loads.get(host) ?? { requests: 0, bytes: 0 };
        loads.set(host, { requests: load.requests + requests, bytes: load.bytes + bytes });
    };
    for (const { transfers } of plan.images) {
        for (const { destinations, blobs, manifests, evidence, tags } of transfers) {
            const requests = 2 * (blobs.length + evidence.length + tags.length) + manifests.length;
            const bytes = blobs.reduce((sum, { size }) => sum + size, 0);
            for (const destination of destinations)
                add(destination, requests, bytes);
        }
    }
    for (const { destination, size } of plan.files)
        add(destination, 1, size);
    return loads;
}

;// CONCATENATED MODULE: ./build/source/src/promote/signing/predicate.js


/** Predicate type by which a promotion says what it did. See docs/promotion-predicate.md. */
const promotionType = attest/* buildType */.fs.replace('build-type.md', 'promotion-predicate.md');
/** What a promotion says of each image: all of its destinations, also those that other shards look after. */
function promotedImages(wishes) {
    const promoted = new Map();
    for (const wish of wishes) {
        const source = formatPlace(wish.source);
        for (const { digest, tags } of wish.images) {
            const other = promoted.get(`${source}@${digest}`);
            const destinations = new Set([...(other?.destinations ?? []), ...wish.destinations.map(formatPlace)]);
            promoted.set(`${source}@${digest}`, {
                digest,
                source,
                destinations: [...destinations].sort(),
                tags: [...new Set([...(other?.tags ?? []), ...tags])].sort(),
            });
        }
    }
    return promoted;
}
function promotionPredicate({ source, destinations, tags }, plan, step, identity) {
    const { id, invocationId } = (0,attest/* builderOf */.zp)(step, identity);
    return {
        source,
        destinations,
        tags,
        plan: { sha256: plan.slice('sha256:'.length) },
        promoter: { id, ...(invocationId === undefined ? {} : { invocationId }) },
    };
}
/** Whether an earlier statement says all that would be said now; under which plan and in which run does not count. */
function saysTheSame(predicate, { source, destinations, tags }) {
    if (!(0,attest/* isObject */.Gv)(predicate))
        return false;
    return predicate.source === source && contains(predicate.destinations, destinations) && contains(predicate.tags, tags);
}
const contains = (found, wanted) => Array.isArray(found) && wanted.every((one) => found.includes(one));

;// CONCATENATED MODULE: ./build/source/src/promote/signing/attach.js






const attachmentsAtOnce = 6;
/** Attaches to each copy what is signed at this promotion; every statement is made once, whatever the number of destinations. */
function attachSigned(context, step) {
    const made = new Map();
    return async ({ image, transfer, source, destination }) => {
        await (0,runner/* mapConcurrently */.X2)(transfer.signed, attachmentsAtOnce, async (evidence) => {
            // The same image from two sources is said of differently.
            const key = `${source.address} ${signedKey(evidence)}`;
            const subject = image.manifests.find(({ digest }) => digest === evidence.subject);
            const promoted = context.promoted.get(`${source.address}@${rootOf(image)}`);
            if (!(subject && promoted))
                throw new Error(`the plan has ${evidence.subject} signed, which was not looked at`);
            const attachment = made.get(key) ?? makeAttachment(evidence, subject, promoted, context, step);
            made.set(key, attachment);
            await (0,sign/* attach */.K0)(destination, await attachment);
        });
    };
}
async function makeAttachment(evidence, subject, promoted, { signer, found, plan }, step) {
    const earlier = found.get(signedKey(evidence));
    if (earlier)
        return readAttachment(earlier.repository, earlier.digest);
    const bundle = evidence.predicateType === promotionType
        ? await signPromotion(promoted, plan, signer, step)
        : await (0,sign/* signContent */.fv)({ kind: 'image', digest: evidence.subject }, signer);
    const created = `${step.now().toISOString().slice(0, 19)}Z`;
    const { mediaType, digest, size } = subject;
    return (0,sign/* attachmentOf */.r3)({ mediaType, digest, size }, bundle, evidence.predicateType, created);
}
function signPromotion(promoted, plan, signer, step) {
    const identity = signer.signer.kind === 'keyless' ? signer.signer.identity : undefined;
    const predicate = promotionPredicate(promoted, plan, step, identity);
    const subjects = [{ name: promoted.source, digest: promoted.digest }];
    return signer.signStatement((0,attest/* serializeStatement */.US)((0,attest/* createStatement */.Ay)(subjects, promotionType, predicate)));
}
/** What an earlier run attached somewhere, byte for byte. */
async function readAttachment(repository, digest) {
    const stored = await repository.readManifest(digest);
    if (!stored)
        throw new runner/* UserError */.yo(`${repository.address}@${digest} was there just now, and is not any more`);
    const { config, layers } = (0,oci/* parseManifest */.Ng)(stored.bytes, digest);
    const blobs = await (0,runner/* mapConcurrently */.X2)([...layers, config], attachmentsAtOnce, async (descriptor) => ({
        descriptor,
        bytes: Buffer.concat(await (await repository.readBlob(descriptor)).toArray()),
    }));
    return { digest, manifest: stored.bytes, mediaType: stored.descriptor.mediaType, blobs };
}

;// CONCATENATED MODULE: ./build/source/src/promote/signing/observe.js



const observe_imagesAtOnce = 6;
const signing_observe_requestsAtOnce = 6;
/** Looks for what this promotion would sign: at the source, whence it is carried, and at each destination. */
async function observeSigned(wishes, observed, context) {
    const found = new Map();
    const completed = [];
    for (const [index, wish] of wishes.entries()) {
        const repository = observed[index];
        if (repository)
            completed.push(await observe_observeRepository(wish, repository, { ...context, found }));
    }
    return { observed: completed, found };
}
async function observe_observeRepository(wish, observed, context) {
    const toSign = new Map();
    const signed = wish.destinations.map(() => new Set());
    await (0,runner/* mapConcurrently */.X2)(wish.images, observe_imagesAtOnce, async (image) => {
        const source = observed.images.get(image.digest);
        if (!source)
            return;
        const promoted = context.promoted.get(`${formatPlace(wish.source)}@${image.digest}`);
        if (!promoted)
            throw new Error(`${image.digest} was looked at, but nobody asked for it`);
        const carried = await keysAt(source, promoted, context, wish.source);
        toSign.set(image.digest, wantedOf(source, context.signing).filter((evidence) => !carried.has(signedKey(evidence))));
        await (0,runner/* mapConcurrently */.X2)(wish.destinations, signing_observe_requestsAtOnce, async (place, index) => {
            const destination = observed.destinations[index];
            if (!destination || destination.unreadable !== undefined || destination.listed.size === 0)
                return;
            for (const key of await keysAt(source, promoted, context, place))
                signed[index]?.add(key);
        });
    });
    return {
        ...observed,
        toSign,
        destinations: observed.destinations.map((destination, index) => ({
            ...destination,
            signed: signed[index] ?? destination.signed,
        })),
    };
}
function wantedOf(image, { types }) {
    const subjects = image.manifests.map(({ digest }) => digest);
    return [
        ...subjects.flatMap((subject) => types.manifest.map((predicateType) => ({ subject, predicateType }))),
        ...types.image.map((predicateType) => ({ subject: rootOf(image), predicateType })),
    ];
}
/** The keys of what the signer has said at one place and would say again now. */
async function keysAt(image, promoted, { signing, repositories, found }, place) {
    const repository = repositories.open(place);
    const keys = new Set();
    await (0,runner/* mapConcurrently */.X2)(image.manifests, signing_observe_requestsAtOnce, async ({ digest }) => {
        const referrers = await repository.listReferrers(digest);
        for (const statement of await signing.statements(repository, digest, referrers)) {
            const { predicateType, predicate } = statement;
            if (signing.types.image.includes(predicateType) && !saysTheSame(predicate, promoted))
                continue;
            const key = signedKey({ subject: digest, predicateType });
            keys.add(key);
            if (!found.has(key))
                found.set(key, statement);
        }
    });
    return keys;
}

;// CONCATENATED MODULE: ./build/source/src/promote/signing/signing.js






/** @throws UserError when there is nothing to sign with */
async function openPromotionSigning(options, step) {
    const signer = await (0,sigstore/* openSigner */.Hs)(options, step, { dryRun: options.dryRun });
    const verifier = await (0,sigstore/* openSignerVerifier */.Vy)(signer.signer, options.trustedRoot);
    const read = new Map();
    const types = [...(options.sign ? [sign/* imageSignatureType */.W8] : []), ...(options.attest ? [promotionType] : [])];
    return {
        signer,
        types: {
            manifest: options.sign ? [sign/* imageSignatureType */.W8] : [],
            image: options.attest ? [promotionType] : [],
        },
        async statements(repository, subject, referrers) {
            const found = [];
            for (const referrer of referrers.filter((one) => signing_mayBe(one, types))) {
                const known = read.get(referrer.digest) ?? readStatement(repository, subject, referrer.digest, verifier);
                read.set(referrer.digest, known);
                const statement = await known;
                if (statement && types.includes(statement.predicateType))
                    found.push({ ...statement, repository });
            }
            return found;
        },
    };
}
// Not every registry repeats annotations, and some give the config's media type as artifact type.
function signing_mayBe({ artifactType, annotations }, types) {
    const predicateType = annotations?.[attest/* predicateTypeAnnotation */.Ti];
    return ((predicateType === undefined || types.includes(predicateType)) &&
        (artifactType === undefined || artifactType === oci/* mediaTypes */.Ib.empty || artifactType === oci/* mediaTypes */.Ib.sigstoreBundle));
}
/** Undefined where it is by another signer, about something else, or no statement at all. */
async function readStatement(repository, subject, digest, verifier) {
    try {
        const bundle = await (0,attest/* readAttachedBundle */.xC)(repository, digest);
        if (!bundle)
            return undefined;
        const statement = (0,attest/* parseStatement */.By)((await verifier.verifyStatement(bundle)).statement);
        if (!(0,attest/* subjectDigests */.IF)(statement).includes(subject))
            return undefined;
        return { digest, predicateType: statement.predicateType, predicate: statement.predicate };
    }
    catch (error) {
        if (error instanceof runner/* UserError */.yo)
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/source/src/promote/signing/index.js
/** What a promotion signs itself: signatures by the identity of the destination, and one statement of what was promoted. */





;// CONCATENATED MODULE: ./build/source/src/promote/source.js






/** Everything in a release: images to the image destinations, files and their bundles to the stores. */
function wishOfRelease(release, destinations) {
    const layout = { kind: 'layout', path: (0,external_node_path_.join)(release.directory, 'images') };
    const images = (0,src_release/* imageSubjects */.vq)(release.record).map(({ name, digest, tags }) => ({
        project: release.record.project,
        source: { location: layout, name },
        digest,
        tags: tags.map(oci/* parseTag */.ED),
        destinations: destinations.images.map((location) => ({ location, name })),
    }));
    const files = destinations.files.flatMap((destination) => filesOf(release, destination));
    return { images: destinations.images.length === 0 ? [] : groupRequests(images), files, malformed: [] };
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
            project: '',
            source,
            digest,
            tags: tag ? [tag] : [],
            destinations: destinations.images.map((destination) => ({ location: destination, name: target })),
        };
    });
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE('Images that cannot be promoted', failures);
    return { images: groupRequests(resolved.filter((request) => request !== undefined)), files: [], malformed: [] };
}
/** What promoter manifests ask for. @throws UserError when one names a layout that may not be used in this step */
function wishOfManifests(manifests, step) {
    const requests = manifests.flatMap((manifest) => {
        const location = (0,registry/* resolveLocation */.KC)(manifest.source, step);
        const destinations = manifest.destinations.map((destination) => (0,registry/* resolveLocation */.KC)(destination, step));
        const places = new Map();
        return manifest.images.map(({ name, digest, tags }) => {
            // One array for all images of a name, so that a large manifest stays small.
            const known = places.get(name) ?? destinations.map((destination) => ({ location: destination, name }));
            places.set(name, known);
            return { project: manifest.project, source: { location, name }, digest, tags, destinations: known };
        });
    });
    const malformed = manifests.flatMap(({ findings }) => findings.map(({ rule, message, location }) => ({ what: rule, message, location })));
    return { images: groupRequests(requests), files: [], malformed };
}

;// CONCATENATED MODULE: ./build/source/src/promote/summary.js



/** A summary is for reading; the plan itself is an output. */
const mostRows = 200;
/** What a user wants to know of a promotion: what is new where, what is blocked, and what nobody signed. */
function summaryOf(wish, observation, plan, promotion) {
    const images = wish.images.reduce((sum, one) => sum + one.images.length, 0);
    const copies = wish.images.reduce((sum, one) => sum + one.images.length * one.destinations.length, 0);
    const missing = plan.images.flatMap(({ transfers }) => transfers.flatMap(({ destinations }) => destinations)).length;
    const nothing = plan.images.length + plan.files.length + plan.conflicts.length === 0;
    const rows = [...imageRows(plan, promotion), ...fileRows(plan, promotion)];
    return [
        (0,runner/* heading */.R_)(promotion ? 'Promotion' : 'Promotion (dry run)'),
        (0,runner/* text */.Qq)(nothing
            ? `Nothing to do: ${count(copies, 'copy', 'copies')} of ${count(images, 'image', 'images')} and ${count(wish.files.length, 'file', 'files')} are where they shall be.`
            : `${count(missing, 'copy', 'copies')} of images and ${count(plan.files.length, 'file', 'files')} ${promotion ? 'were' : 'are'} missing; ${count(plan.conflicts.length, 'conflict', 'conflicts')}. Plan ${digestOfPlan(plan)}.`),
        ...(rows.length === 0 ? [] : [(0,runner/* table */.tp)(['What', 'Where', 'New there', 'State'], rows.slice(0, mostRows))]),
        ...(rows.length > mostRows ? [(0,runner/* text */.Qq)(`${rows.length - mostRows} more rows are in the output 'plan'.`)] : []),
        ...conflictBlocks(plan),
        ...evidenceBlocks(wish, observation),
    ];
}
function imageRows(plan, promotion) {
    const failed = new Set(promotion?.images.flatMap(({ promotion: { source, digest }, destination, failure }) => failure ? `${source}@${digest} ${destination}` : []));
    return plan.images.flatMap(({ source, digest, transfers }) => transfers.flatMap((transfer) => {
        const isFailed = (place) => failed.has(`${source}@${digest} ${place}`);
        const done = transfer.destinations.filter((place) => !isFailed(place));
        const row = (places, state) => places.length === 0 ? [] : [[`${source}@${digest}`, summary_placesOf(places), contentOf(transfer), state]];
        return [
            ...row(done, promotion ? 'promoted' : 'missing'),
            ...row(transfer.destinations.filter(isFailed), 'failed'),
        ];
    }));
}
const summary_placesOf = (places) => places.length > 3 ? `${places.slice(0, 2).join(', ')} and ${places.length - 2} more` : places.join(', ');
const contentOf = ({ manifests, evidence, signed, tags }) => [
    manifests.length > 0 ? count(manifests.length, 'manifest', 'manifests') : '',
    evidence.length > 0 ? `${evidence.length} of evidence` : '',
    signed.length > 0 ? `${signed.length} signed here` : '',
    tags.length > 0 ? tags.join(', ') : '',
]
    .filter(Boolean)
    .join('; ');
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
function evidenceBlocks(wish, { observed, judgement }) {
    const bareFiles = wish.files.filter(({ kind, evidence }) => kind === 'file' && evidence.length === 0);
    if (wish.images.length + wish.files.length === 0)
        return [];
    return [
        (0,runner/* text */.Qq)(judgement ? judgementText(judgement) : carriedText(observed)),
        ...(judgement ? warningBlocks(judgement) : bareBlocks(wish, observed)),
        ...(bareFiles.length > 0
            ? [(0,runner/* text */.Qq)(`Files without any evidence: ${listed(bareFiles.map(({ name }) => name))}.`)]
            : []),
    ];
}
function judgementText({ judged, objections, warnings }) {
    return `The evidence policy judged ${count(judged, 'image', 'images')}: ${objections.size} blocked, ${warnings.size} with warnings.`;
}
function warningBlocks({ warnings }) {
    const rows = [...warnings].flatMap(([item, messages]) => messages.map((message) => [item, message]));
    return rows.length === 0 ? [] : [(0,runner/* table */.tp)(['What', 'Warning'], rows.slice(0, mostRows))];
}
function carriedText(observed) {
    const carried = observed
        .flatMap(({ images }) => [...images.values()])
        .reduce((sum, one) => sum + one.evidence.length, 0);
    return `No evidence policy: what lies beside an image is carried before its tag and restored where it is missing, but not judged: ${count(carried, 'piece', 'pieces')} beside the images that were looked at.`;
}
function bareBlocks(wish, observed) {
    const bare = wish.images.flatMap(({ source }, index) => [...(observed[index]?.images ?? [])]
        .filter(([, { evidence }]) => evidence.length === 0)
        .map(([digest]) => `${formatPlace(source)}@${digest}`));
    return bare.length > 0 ? [(0,runner/* text */.Qq)(`Without any evidence at the source: ${listed(bare)}.`)] : [];
}
const count = (amount, one, many) => `${amount} ${amount === 1 ? one : many}`;
const listed = (items) => [...items.slice(0, 20), ...(items.length > 20 ? [`and ${items.length - 20} more`] : [])].join(', ');

;// CONCATENATED MODULE: ./build/source/src/promote/promote.js

















/**
 * Brings images with their evidence, and files, to their destinations; does nothing where they are already.
 * @throws UserError before anything is written, when the input is wrong or the plan is not the approved one
 * @throws FailedItems after everything else is done, when an image or file is in conflict or failed
 */
async function promote(options, step) {
    const context = await openContext(options, step);
    const { wish: whole, releaseDigest } = await readWish(options, context.repositories, step);
    const wish = restrict(whole, options.hosts);
    const observation = await observe(options, wish, whole, context, step);
    const images = planImages(wish.images, observation.observed, observation.judgement?.objections ?? new Map());
    const plan = joinPlans(wish, images, planFiles(wish.files, await observeFiles(wish.files)));
    const approved = options.dryRun ? undefined : context.approved;
    if (approved)
        requireApproved(plan, approved);
    const planDigest = digestOfPlan(approved ?? plan);
    const promotion = options.dryRun
        ? undefined
        : await apply(plan, { wish, whole, observation, context, planDigest }, step);
    if (options.dryRun && options.plan !== undefined)
        await writePlan(options.plan, plan);
    if (options.report !== undefined) {
        const report = reportOf(approved ?? plan, plan, promotion, options.hosts);
        await (0,src_release/* atomicWrite */.L8)(options.report, `${JSON.stringify(report, null, 2)}\n`);
    }
    step.summary(...summaryOf(wish, observation, plan, promotion));
    const failures = failuresOf(plan, promotion, wish);
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE('Promotion is not complete', failures);
    const promoted = promotedIn(promotion);
    if (promoted.length === 0 && !options.dryRun)
        step.log.info('Everything is there already; nothing was written');
    return {
        releaseDigest,
        plan,
        planDigest,
        promoted,
        changed: promoted.length > 0,
        matrix: shardsOf(plan, options.shards ?? mostShards),
    };
}
/** Everything that can be wrong before a registry is asked. */
async function openContext(options, step) {
    const { plan, planDigest, dryRun, journal, shards } = options;
    if (planDigest !== undefined && plan === undefined) {
        throw new runner/* UserError */.yo("'plan-digest' is of the file 'plan', which is not given");
    }
    if (shards !== undefined && !(Number.isInteger(shards) && shards > 0 && shards <= mostShards)) {
        throw new runner/* UserError */.yo(`'shards' is ${shards}`, { hint: `Give a whole number from 1 to ${mostShards}.` });
    }
    return {
        repositories: openRepositories(step, options.plainHttp),
        journal: journal === undefined ? noJournal : await openJournal(journal),
        approved: plan === undefined || dryRun ? undefined : await readApprovedPlan(plan, planDigest),
        signing: options.sign || options.attest ? await openPromotionSigning(options, step) : undefined,
    };
}
function restrict(wish, hosts) {
    if (hosts.length === 0)
        return wish;
    const wanted = new Set(hosts);
    return {
        ...wish,
        images: onHosts(wish.images, wanted),
        files: wish.files.filter(({ destination }) => wanted.has(hostOfAddress(destination))),
    };
}
async function observe({ policy }, wish, whole, { repositories, journal, signing }, step) {
    const judged = policy !== undefined || signing !== undefined;
    const observed = await observeRepositories(wish.images, { repositories, journal, judged }, step);
    const judgement = policy === undefined ? {} : { judgement: await judgeImages(policy, wish.images, observed, repositories, step) };
    if (!signing)
        return { observed, found: new Map(), ...judgement };
    const promoted = promotedImages(whole.images);
    return { ...(await observeSigned(wish.images, observed, { signing, repositories, promoted })), ...judgement };
}
async function apply(plan, { wish, whole, observation, context, planDigest }, step) {
    const { repositories, journal, signing } = context;
    const { observed, found } = observation;
    const attach = signing
        ? attachSigned({ signer: signing.signer, found, promoted: promotedImages(whole.images), plan: planDigest }, step)
        : async () => undefined;
    const images = await applyImages(plan.images, { wishes: wish.images, observed, repositories, journal, attach }, step);
    return { images, files: await applyFiles(plan.files, step) };
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
        return { wish: wishOfManifests(await readImageManifests(manifests), step), releaseDigest: '' };
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
    const images = (promotion?.images ?? [])
        .filter(({ failure }) => !failure)
        .flatMap(({ promotion: { digest }, transfer: { tags }, destination }) => tags.length === 0 ? `${destination}@${digest}` : tags.map((tag) => `${destination}:${tag}@${digest}`));
    const files = (promotion?.files ?? [])
        .filter(({ failure }) => !failure)
        .map(({ file }) => `${file.destination}/${file.name}`);
    return [...images, ...files];
}

;// CONCATENATED MODULE: ./build/source/src/promote/index.js
/**
 * Promotion: images with their evidence, and files, from where they were made to where users get them.
 * It plans from what is there, and does only what is missing; evidence comes before the tag.
 */











/***/ }),

/***/ 40320:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  y: () => (/* reexport */ isStoreAddress),
  C: () => (/* reexport */ openStore)
});

// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(90174);
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
