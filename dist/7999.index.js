export const id = 7999;
export const ids = [7999];
export const modules = {

/***/ 78469:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {



const SemVer = __webpack_require__(7163)
const compare = (a, b, loose) =>
  new SemVer(a, loose).compare(new SemVer(b, loose))

module.exports = compare


/***/ }),

/***/ 58780:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {



const parse = __webpack_require__(16353)
const valid = (version, options) => {
  const v = parse(version, options)
  return v ? v.version : null
}
module.exports = valid


/***/ }),

/***/ 47999:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  "default": () => (/* binding */ main)
});

// EXTERNAL MODULE: ./build/source/src/release/index.js + 8 modules
var src_release = __webpack_require__(43987);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/source/src/oci/index.js + 4 modules
var oci = __webpack_require__(3811);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./build/source/src/registry/index.js + 25 modules
var registry = __webpack_require__(51408);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/source/src/archive/index.js + 6 modules
var src_archive = __webpack_require__(43718);
;// CONCATENATED MODULE: ./build/source/src/build/target.js


/** Platforms whose binaries are known to `requireExecutable`; nothing is released that it cannot check. */
const known = [
    ...['386', 'amd64', 'arm', 'arm64', 'loong64', 'ppc64le', 'riscv64', 's390x'].map((architecture) => `linux/${architecture}`),
    ...['amd64', 'arm64'].flatMap((architecture) => ['darwin', 'freebsd', 'windows'].map((os) => `${os}/${architecture}`)),
];
/** Variants by architecture, each with the variable of the Go compiler that makes it; the first is the default. */
const variants = {
    arm: { variable: 'GOARM', values: { v7: '7', v6: '6', v5: '5' } },
    amd64: { variable: 'GOAMD64', values: { v1: 'v1', v2: 'v2', v3: 'v3', v4: 'v4' } },
};
/**
 * `linux/arm` → linux/arm/v7 with GOARM=7. A variant that the OCI specification takes for granted (amd64/v1, arm64/v8) is left out.
 * @throws UserError for a platform that Go does not know, or whose binaries could not be checked
 */
function parseTarget(text) {
    const { os, architecture, variant: written } = (0,oci/* parsePlatform */.FL)(text);
    const name = `${os}/${architecture}`;
    if (!known.includes(name)) {
        const near = (0,runner/* suggest */.ZA)(name, known);
        throw new runner/* UserError */.yo(`'${text}' is not a platform to build for`, {
            hint: near ? `Did you mean '${near}'?` : `Known: ${known.join(', ')}.`,
        });
    }
    const choice = variants[architecture];
    const [usual] = Object.keys(choice?.values ?? { v8: '' });
    const variant = written ?? usual;
    const value = choice?.values[variant ?? ''];
    if (choice ? value === undefined : written !== undefined && !(architecture === 'arm64' && written === 'v8')) {
        throw new runner/* UserError */.yo(`'${text}' has a variant that Go does not know`, {
            hint: choice ? `Known for ${architecture}: ${Object.keys(choice.values).sort().join(', ')}.` : `Write ${name}.`,
        });
    }
    const shown = architecture === 'arm' || (architecture === 'amd64' && variant !== 'v1') ? variant : undefined;
    return {
        platform: { os, architecture, ...(shown ? { variant: shown } : {}) },
        suffix: `${os}-${architecture}${shown ?? ''}`,
        extension: os === 'windows' ? '.exe' : '',
        environment: { GOOS: os, GOARCH: architecture, ...(choice && value ? { [choice.variable]: value } : {}) },
    };
}
/** @throws UserError when the list is empty or a platform is in it twice */
function parseTargets(texts) {
    const targets = texts.map(parseTarget);
    if (targets.length === 0)
        throw new runner/* UserError */.yo('No platform to build for', { hint: "Give at least one in 'platforms'." });
    const names = targets.map((target) => (0,oci/* formatPlatform */.Bq)(target.platform));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice)
        throw new runner/* UserError */.yo(`The platform ${twice} is given twice`);
    return targets.sort((left, right) => (left.suffix < right.suffix ? -1 : 1));
}

;// CONCATENATED MODULE: ./build/source/src/build/image-spec.js



/** Where the command lies in an image: on PATH of every common base, and of scratch. */
const commandFolder = 'usr/local/bin';
/** Of `nonroot` in the distroless images; Kubernetes can tell from a number that it is not root. */
const defaultUser = '65532:65532';
const keys = ['name', 'main-package', 'base', 'user', 'entrypoint', 'labels', 'platforms'];
/**
 * The input `images`: a YAML list; one image for each command on scratch where it is absent.
 * @throws UserError that names the entry and the key
 */
function parseImages(input, mains, targets) {
    const linux = targets.map(({ platform }) => platform).filter(({ os }) => os === 'linux');
    if (input === undefined)
        return linux.length === 0 ? [] : mains.map(({ command }) => defaultImage(command, linux));
    if (!Array.isArray(input))
        throw new runner/* UserError */.yo("Input 'images' is not a list", { hint: 'Write a YAML list of images, or [] for none.' });
    const specs = input.map((entry, index) => parseImage(entry, `images[${index}]`, mains, linux));
    const twice = specs.find(({ name }, index) => specs.findIndex((other) => other.name === name) !== index);
    if (twice)
        throw new runner/* UserError */.yo(`Two images are called '${twice.name}'`);
    return specs.sort((left, right) => (left.name < right.name ? -1 : 1));
}
const defaultImage = (command, platforms) => ({
    name: requireImageName(command.toLowerCase(), `the command ${command}`),
    command,
    base: undefined,
    user: defaultUser,
    entrypoint: [`/${commandFolder}/${command}`],
    labels: {},
    platforms,
});
function parseImage(entry, at, mains, linux) {
    if (!isMap(entry))
        throw new runner/* UserError */.yo(`${at} is not a map`, { hint: `Its keys: ${keys.join(', ')}.` });
    for (const key of Object.keys(entry)) {
        if (keys.includes(key))
            continue;
        const near = (0,runner/* suggest */.ZA)(key, keys);
        throw new runner/* UserError */.yo(`${at}: unknown key '${key}'`, {
            hint: near ? `Did you mean '${near}'?` : `Known: ${keys.join(', ')}.`,
        });
    }
    const text = (key) => {
        const value = entry[key];
        if (value === undefined || typeof value === 'string')
            return value;
        throw new runner/* UserError */.yo(`${at}: ${key} is not text`, { hint: `Put it in quotes: "${String(value)}".` });
    };
    const texts = (key) => {
        const value = entry[key];
        if (value === undefined)
            return undefined;
        if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'))
            return value;
        throw new runner/* UserError */.yo(`${at}: ${key} is not a list of texts`);
    };
    const name = requireImageName(text('name') ?? '', at);
    const command = findCommand(text('main-package'), name, mains, at);
    const base = parseBase(text('base') ?? 'scratch', at);
    return {
        name,
        command,
        base,
        user: parseUser(text('user') ?? defaultUser, base === undefined, at),
        entrypoint: texts('entrypoint') ?? [`/${commandFolder}/${command}`],
        labels: parseLabels(entry.labels ?? {}, at),
        platforms: choosePlatforms(texts('platforms'), linux, at),
    };
}
function requireImageName(name, at) {
    try {
        if (!/[:@]/.test(name) && (0,oci/* parseReference */.F2)(`example.com/${name}`).name === name)
            return name;
    }
    catch {
        // Told below in the words of this input.
    }
    throw new runner/* UserError */.yo(`${at}: '${name}' is not a name of an image`, {
        hint: "Give the image a 'name' of lower-case letters, digits, '.', '_', '-' and '/', such as hello.",
    });
}
function findCommand(wanted, name, mains, at) {
    const only = mains.length === 1 ? mains[0] : undefined;
    const folder = wanted?.replace(/^\.\//, '');
    const found = mains.find(({ command, importPath, directory }) => wanted === undefined ? command === name : [command, importPath].includes(wanted) || directory === folder);
    const main = found ?? (wanted === undefined ? only : undefined);
    if (main)
        return main.command;
    throw new runner/* UserError */.yo(`${at}: ${wanted === undefined ? `no main package for '${name}'` : `'${wanted}' is no main package of this build`}`, {
        hint: `Give 'main-package' as one of: ${mains.map(({ directory }) => `./${directory}`).join(', ')}.`,
    });
}
function parseBase(text, at) {
    if (text === 'scratch')
        return undefined;
    const base = (0,oci/* parseReference */.F2)(text);
    if (base.location.kind === 'registry' && !base.digest) {
        throw new runner/* UserError */.yo(`${at}: the base '${text}' has no digest: what is behind a tag changes`, {
            hint: `Pin it as ${text.replace(/:[^:/]*$/, '')}@sha256:…; 'crane digest ${text}' prints it.`,
        });
    }
    if (!base.digest && !base.tag)
        throw new runner/* UserError */.yo(`${at}: the base '${text}' has neither tag nor digest`);
    return base;
}
function parseUser(user, isScratch, at) {
    const pattern = isScratch ? /^\d+(:\d+)?$/ : /^[A-Za-z0-9_][A-Za-z0-9_.-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?$/;
    if (pattern.test(user))
        return user;
    throw new runner/* UserError */.yo(`${at}: '${user}' is not a user`, {
        hint: isScratch ? 'On scratch there are no names; write numbers: UID or UID:GID.' : 'Write UID:GID.',
    });
}
function parseLabels(labels, at) {
    if (!isMap(labels))
        throw new runner/* UserError */.yo(`${at}: labels is not a map`);
    const entries = Object.entries(labels).map(([key, value]) => {
        if (typeof value !== 'string')
            throw new runner/* UserError */.yo(`${at}: label '${key}' is not text`, { hint: 'Put its value in quotes.' });
        return [key, value];
    });
    return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}
function choosePlatforms(wanted, linux, at) {
    const known = linux.map(oci/* formatPlatform */.Bq);
    const chosen = wanted ? wanted.map((text) => (0,oci/* formatPlatform */.Bq)(parseTarget(text).platform)) : known;
    const other = chosen.find((name) => !known.includes(name));
    if (other || chosen.length === 0) {
        throw new runner/* UserError */.yo(`${at}: ${other ? `the platform ${other} is not built` : 'no Linux platform is built'}`, {
            hint: "Images are for Linux; name the platform in the input 'platforms' too.",
        });
    }
    return linux.filter((platform) => chosen.includes((0,oci/* formatPlatform */.Bq)(platform)));
}
/** A tag has no `+`; Kubernetes writes `_` for it. */
const imageTag = (version) => (0,oci/* parseTag */.ED)(version.replaceAll('+', '_'));
/** Package URL of a base, which names it the same on every machine. Source: purl-spec, type oci. */
function basePackageUrl({ location, name }, digest) {
    const last = name.split('/').at(-1) ?? name;
    const repository = location.kind === 'registry' ? [location.host, location.prefix, name].filter(Boolean).join('/') : undefined;
    return `pkg:oci/${last}@${encodeURIComponent(digest)}${repository ? `?repository_url=${encodeURIComponent(repository)}` : ''}`;
}
const isMap = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

;// CONCATENATED MODULE: ./build/source/src/build/image.js





/** As Docker sets it on scratch, so that the command is found by its name. */
const defaultPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/**
 * The tar archive of a layer with one command. Its folders are entries of their own: an unpacker that has to make them
 * up may do so closed to all but root.
 */
function layerArchive(command, binary, time) {
    const folders = commandFolder.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
    const entries = [
        ...folders.map((path) => ({ kind: 'directory', path, mode: 0o755 })),
        {
            kind: 'file',
            path: `${commandFolder}/${command}`,
            mode: 0o755,
            size: binary.size,
            open: () => (0,external_node_fs_.createReadStream)(binary.path, { highWaterMark: 1 << 18 }),
        },
    ];
    return (0,src_archive/* tar */.yY)(entries, time);
}
/** Compresses a layer while its digest is taken; `store` gets the compressed bytes. */
async function storeLayer(archive, store) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const hashed = async function* () {
        for await (const chunk of archive) {
            hash.update(chunk);
            yield chunk;
        }
    };
    const { digest, size } = await store((0,src_archive/* gzip */.ZI)(hashed()));
    return { descriptor: { mediaType: oci/* mediaTypes */.Ib.layer, digest, size }, diffId: (0,oci/* digestFromHex */.Ch)(hash.digest('hex')) };
}
/** `org.opencontainers.image.*` of an image. Source: OCI image specification 1.1, annotations.md. */
function annotationsOf(spec, version, source, base) {
    const prefix = 'org.opencontainers.image';
    const tag = base?.reference.tag;
    const baseName = base && (0,oci/* formatReference */.FH)({ location: base.reference.location, name: base.reference.name, ...(tag ? { tag } : {}) });
    const own = {
        [`${prefix}.title`]: spec.name,
        [`${prefix}.version`]: version,
        [`${prefix}.source`]: source.repository,
        [`${prefix}.created`]: source.commitTime,
        ...(source.commit ? { [`${prefix}.revision`]: source.commit } : {}),
        // A folder of this machine is no name that another could look up.
        ...(base && baseName && base.reference.location.kind === 'registry' ? { [`${prefix}.base.name`]: baseName } : {}),
        ...(base ? { [`${prefix}.base.digest`]: base.digest } : {}),
    };
    const given = Object.entries(spec.labels).filter(([key]) => key.startsWith(`${prefix}.`));
    return sorted({ ...own, ...Object.fromEntries(given) });
}
/** Configuration of one platform: the base's, with the command on top. */
function imageConfig(spec, platform, layer, annotations, base) {
    const below = base?.platforms.get((0,oci/* formatPlatform */.Bq)(platform))?.config;
    const created = annotations['org.opencontainers.image.created'] ?? '';
    // The base's own command is no argument of ours.
    const { Cmd: _, ...inherited } = below?.config ?? {};
    return {
        created,
        architecture: platform.architecture,
        os: platform.os,
        ...(platform.variant ? { variant: platform.variant } : {}),
        config: {
            ...inherited,
            User: spec.user,
            Env: inherited.Env ?? [defaultPath],
            Entrypoint: spec.entrypoint,
            Labels: sorted({ ...inherited.Labels, ...annotations, ...spec.labels }),
        },
        rootfs: { type: 'layers', diff_ids: [...(below?.rootfs.diff_ids ?? []), layer.diffId] },
        history: [
            ...(below?.history ?? []),
            { created, created_by: `k8s-release build: /${commandFolder}/${spec.command}` },
        ],
    };
}
function imageManifest(config, layers, annotations) {
    return { schemaVersion: 2, mediaType: oci/* mediaTypes */.Ib.manifest, config, layers, annotations };
}
function imageIndex(manifests, annotations) {
    return { schemaVersion: 2, mediaType: oci/* mediaTypes */.Ib.index, manifests, annotations };
}
const sorted = (members) => Object.fromEntries(Object.entries(members).sort(([left], [right]) => (left < right ? -1 : 1)));

;// CONCATENATED MODULE: ./build/source/src/build/assemble.js




/** Makes layers, each only once however many images have it. */
function layerMaker(layout, binaries, time) {
    const made = new Map();
    return (command, platform) => {
        const name = (0,oci/* formatPlatform */.Bq)(platform);
        const binary = binaries.find((candidate) => candidate.command === command && (0,oci/* formatPlatform */.Bq)(candidate.platform) === name);
        if (!binary)
            throw new Error(`no binary ${command} for ${name}`);
        const layer = made.get(binary) ?? storeLayer(layerArchive(command, binary, time), (0,registry/* openLayout */.B9)(layout, command).addBlob);
        made.set(binary, layer);
        return layer;
    };
}
/** Writes one image: layers, configurations and manifests first, the index with the tag last. */
async function assembleImage(plan, { spec, tag }, base, layout, makeLayer) {
    const repository = (0,registry/* openLayout */.B9)(layout, spec.name);
    const annotations = annotationsOf(spec, plan.version, plan.source, base);
    const manifests = await Promise.all(spec.platforms.map(async (platform) => {
        const layer = await makeLayer(spec.command, platform);
        const below = base?.platforms.get((0,oci/* formatPlatform */.Bq)(platform))?.layers ?? [];
        if (base)
            await Promise.all(below.map((blob) => copyBlob(blob, base.repository, repository)));
        const config = await storeDocument(repository, imageConfig(spec, platform, layer, annotations, base));
        const manifest = imageManifest(config, [...below, layer.descriptor], annotations);
        const { mediaType, digest, size } = await repository.writeManifest(encode(manifest), oci/* mediaTypes */.Ib.manifest);
        return { platform, mediaType, digest, size };
    }));
    const entries = manifests.map(({ platform, mediaType, digest, size }) => ({ mediaType, digest, size, platform }));
    const index = await repository.writeManifest(encode(imageIndex(entries, annotations)), oci/* mediaTypes */.Ib.index, tag);
    return { kind: 'image', name: spec.name, tags: [tag], ...index, manifests };
}
async function storeDocument(repository, document) {
    const bytes = encode(document);
    const descriptor = { mediaType: oci/* mediaTypes */.Ib.config, digest: (0,oci/* digestOfBytes */.by)(bytes), size: bytes.length };
    await repository.writeBlob(descriptor, () => external_node_stream_.Readable.from([bytes]));
    return descriptor;
}
async function copyBlob(blob, from, to) {
    const content = async function* () {
        yield* await from.readBlob(blob);
    };
    await to.writeBlob(blob, () => external_node_stream_.Readable.from(content(), { objectMode: false }));
}
const encode = (document) => Buffer.from(JSON.stringify(document));

// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
;// CONCATENATED MODULE: ./build/source/src/build/executable.js



/** Machine numbers of ELF (e_machine), Mach-O (cputype) and PE (Machine) by GOARCH, with their class and byte order. */
const elf = {
    '386': [3, 32, 'little'],
    amd64: [62, 64, 'little'],
    arm: [40, 32, 'little'],
    arm64: [183, 64, 'little'],
    loong64: [258, 64, 'little'],
    ppc64le: [21, 64, 'little'],
    riscv64: [243, 64, 'little'],
    s390x: [22, 64, 'big'],
};
const elfAbi = { linux: 0, freebsd: 9 };
const mach = { amd64: 0x01000007, arm64: 0x0100000c };
const pe = { amd64: 0x8664, arm64: 0xaa64 };
/**
 * Proves that a binary is what its name will claim: format, class, byte order and machine fit the platform, and
 * it needs no dynamic loader where the format can tell.
 * @throws UserError when it is anything else, or the platform is unknown
 */
async function requireExecutable(path, platform) {
    const expected = expectedOf(platform);
    const found = await readExecutable(path);
    const differs = expected && found && differences(expected, found);
    if (differs?.length === 0)
        return;
    const what = found ? `a binary for something else (${differs?.join(', ') || 'unknown platform'})` : 'no executable';
    throw new runner/* UserError */.yo(`${path} should be a binary for ${(0,oci/* formatPlatform */.Bq)(platform)}, but is ${what}`, {
        hint: 'Do not release it; check the Go toolchain and the ldflags.',
    });
}
function expectedOf({ os, architecture }) {
    const shape = elf[architecture];
    const abi = elfAbi[os];
    if (shape && abi !== undefined)
        return { format: 'ELF', machine: shape[0], bits: shape[1], endianness: shape[2], abi };
    const machine = { darwin: mach, windows: pe }[os]?.[architecture];
    if (machine === undefined)
        return undefined;
    return { format: os === 'darwin' ? 'Mach-O' : 'PE', bits: 64, endianness: 'little', machine };
}
function differences(expected, found) {
    const names = ['format', 'bits', 'endianness', 'machine', 'abi'];
    const wrong = names
        .filter((name) => found[name] !== expected[name])
        .map((name) => `${name} ${found[name]} instead of ${expected[name]}`);
    return found.isDynamic ? [...wrong, 'linked dynamically'] : wrong;
}
/** Enough for every header and the program headers that follow it. */
const headerSize = 4096;
/** Undefined for a file that is none of the formats, or is cut off in its header. */
async function readExecutable(path) {
    const file = await (0,promises_.open)(path);
    try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(headerSize), 0, headerSize, 0);
        return parseExecutable(buffer.subarray(0, bytesRead));
    }
    catch (error) {
        // An offset in the header that leads out of it.
        if (error.code === 'ERR_OUT_OF_RANGE')
            return undefined;
        throw error;
    }
    finally {
        await file.close();
    }
}
function parseExecutable(bytes) {
    if (bytes.length < 64)
        return undefined;
    if (bytes.readUInt32BE(0) === 0x7f454c46)
        return parseElf(bytes);
    if (bytes.readUInt32LE(0) === 0xfeedfacf)
        return parseMach(bytes);
    return bytes.readUInt16BE(0) === 0x4d5a ? parsePe(bytes) : undefined;
}
// Source: System V gABI 4.1, "ELF Header": class at 4, data at 5, OSABI at 7, e_type at 16, e_machine at 18.
function parseElf(bytes) {
    const bits = { 1: 32, 2: 64 }[bytes.readUInt8(4)];
    const endianness = { 1: 'little', 2: 'big' }[bytes.readUInt8(5)];
    if ((bits !== 32 && bits !== 64) || (endianness !== 'little' && endianness !== 'big'))
        return undefined;
    const half = (offset) => endianness === 'little' ? bytes.readUInt16LE(offset) : bytes.readUInt16BE(offset);
    const word = (offset) => endianness === 'little' ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset);
    // ET_EXEC or ET_DYN (position-independent).
    if (half(16) !== 2 && half(16) !== 3)
        return undefined;
    const long = (offset) => Number(endianness === 'little' ? bytes.readBigUInt64LE(offset) : bytes.readBigUInt64BE(offset));
    const [tableOffset, entrySize, entries] = bits === 64 ? [long(32), half(54), half(56)] : [word(28), half(42), half(44)];
    const types = Array.from({ length: entries }, (_, index) => word(tableOffset + index * entrySize));
    const interpreter = 3;
    return {
        format: 'ELF',
        bits,
        endianness,
        machine: half(18),
        abi: bytes.readUInt8(7),
        isDynamic: types.includes(interpreter),
    };
}
// Source: Apple, <mach-o/loader.h>, mach_header_64: cputype at 4, filetype at 12 (MH_EXECUTE is 2).
function parseMach(bytes) {
    if (bytes.readUInt32LE(12) !== 2)
        return undefined;
    return { format: 'Mach-O', bits: 64, endianness: 'little', machine: bytes.readUInt32LE(4) };
}
// Source: Microsoft PE format: e_lfanew at 0x3c, then "PE\0\0", Machine, and the optional header's magic at 24.
function parsePe(bytes) {
    const start = bytes.readUInt32LE(0x3c);
    if (bytes.readUInt32BE(start) !== 0x50450000)
        return undefined;
    const bits = { 267: 32, 523: 64 }[bytes.readUInt16LE(start + 24)];
    if (bits !== 32 && bits !== 64)
        return undefined;
    return { format: 'PE', bits, endianness: 'little', machine: bytes.readUInt16LE(start + 4) };
}

;// CONCATENATED MODULE: ./build/source/src/build/hashes.js

/** Size and both hashes of bytes that pass by on their way to somewhere else, so that no file is read twice. */
function hashes() {
    const sha256 = (0,external_node_crypto_.createHash)('sha256');
    const sha512 = (0,external_node_crypto_.createHash)('sha512');
    let size = 0;
    return {
        async *through(content) {
            for await (const chunk of content) {
                size += chunk.length;
                sha256.update(chunk);
                sha512.update(chunk);
                yield chunk;
            }
        },
        result: () => ({ size, sha256: sha256.digest('hex'), sha512: sha512.digest('hex') }),
    };
}

;// CONCATENATED MODULE: ./build/source/src/build/compile.js







/**
 * Compiles every command for one platform, proves that they are for it, and packs them with the archive files. Each
 * binary is hashed while it is packed.
 * @throws UserError with what the compiler says
 */
async function compilePlatform(plan, target, go, archiveFiles, staging) {
    const time = new Date(plan.source.commitTime);
    const epoch = String(time.getTime() / 1000);
    const folder = (0,external_node_path_.join)(staging, target.archive.path.replace(/^files\//, '').replace(/\.(tar\.gz|zip)$/, ''));
    await (0,promises_.mkdir)(folder, { recursive: true });
    await go.run(['build', '-o', `${folder}/`, ...plan.arguments], { ...target.environment, SOURCE_DATE_EPOCH: epoch });
    const packed = target.binaries.map(({ name, path }) => ({ name, path, staged: (0,external_node_path_.join)(folder, name), hash: hashes() }));
    // One after the other, so that of several wrong ones the same is always named.
    for (const { staged } of packed)
        await requireExecutable(staged, target.platform);
    const entries = await Promise.all(packed.map(async ({ name, staged, hash }) => {
        await (0,promises_.chmod)(staged, 0o755);
        const open = () => hash.through((0,external_node_fs_.createReadStream)(staged, { highWaterMark: 1 << 18 }));
        return { kind: 'file', path: name, mode: 0o755, size: (await (0,promises_.stat)(staged)).size, open };
    }));
    const others = archiveFiles.map(({ path, file, size, mode }) => ({
        kind: 'file',
        path,
        size,
        mode,
        open: () => (0,external_node_fs_.createReadStream)(file),
    }));
    const archive = { path: target.archive.path, staged: (0,external_node_path_.join)(staging, target.archive.path) };
    const archiveHashes = await writeArchive(archive.staged, target.archive, [...entries, ...others], time);
    const subject = (path, role, mediaType, found) => ({
        kind: 'file',
        name: path.slice(path.lastIndexOf('/') + 1),
        path,
        role,
        platform: target.platform,
        mediaType,
        ...found,
    });
    return [
        ...packed.map(({ path, staged, hash }) => ({
            staged,
            subject: subject(path, 'binary', 'application/octet-stream', hash.result()),
        })),
        {
            staged: archive.staged,
            subject: subject(archive.path, 'archive', archiveTypes[target.archive.format], archiveHashes),
        },
    ];
}
const archiveTypes = { 'tar.gz': 'application/gzip', zip: 'application/zip' };
async function writeArchive(path, { format }, entries, time) {
    const hash = hashes();
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
    const content = format === 'zip' ? (0,src_archive/* zip */.yU)(entries, time) : (0,src_archive/* gzip */.ZI)((0,src_archive/* tar */.yY)(entries, time));
    await (0,external_node_stream_promises_.pipeline)(content, hash.through, (0,external_node_fs_.createWriteStream)(path));
    return hash.result();
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
;// CONCATENATED MODULE: ./build/source/src/build/converge.js


/**
 * The same source, parameters, dependencies and files as before make the same release: what later steps added to it still
 * holds. Anything else makes a new release, of which nothing is known but what was just built.
 */
function converge(described, files, previous) {
    const isSame = previous !== undefined &&
        isSameBuild(described, previous) &&
        files.every((file) => previous.subjects.some((known) => (0,external_node_util_.isDeepStrictEqual)(known, file)));
    if (isSame)
        return { isSame, record: previous, stale: [] };
    const record = (0,src_release/* newRecord */.Mx)({ ...described, subjects: files });
    const kept = new Set(files.map(({ path }) => path));
    const known = previous ? [...(0,src_release/* fileSubjects */.QC)(previous), ...previous.evidence] : [];
    return { isSame, record, stale: known.map(({ path }) => path).filter((path) => !kept.has(path)) };
}
/** The record with what was built, and without evidence of what is no longer there. */
const withBuilt = (record, built) => (0,src_release/* withoutStaleEvidence */.p_)((0,src_release/* withSubjects */.gN)(record, built));
// Both as JSON has them: without members that are undefined. What other actions did is theirs to compare.
function isSameBuild(described, { project, version, source, build }) {
    const own = { parameters: { build: build.parameters.build }, dependencies: { build: build.dependencies.build } };
    return (0,external_node_util_.isDeepStrictEqual)(JSON.parse(JSON.stringify(described)), { project, version, source, build: own });
}

;// CONCATENATED MODULE: ./build/source/src/build/apply.js










/**
 * Builds what the plan says into the release directory. Files wait in `.build` until every platform is done; then the
 * release is replaced or kept, and `release.json` is written last.
 * @throws FailedItems that names each platform that could not be built
 */
async function applyBuild(directory, plan, observation, step) {
    const staging = (0,external_node_path_.join)(directory, '.build');
    await makeFolder(staging);
    try {
        const made = await compileAll(plan, observation, staging, step);
        const { project, version, source, parameters, dependencies } = plan;
        const described = {
            project,
            version,
            source,
            build: { parameters: { build: parameters }, dependencies: { build: dependencies } },
        };
        const files = made.map(({ subject }) => subject);
        const { record, isSame, stale } = converge(described, files, observation.previous?.record);
        if (observation.previous && !isSame)
            await removeEarlier(directory, stale);
        const placed = await Promise.all(made.map((file) => place(file, directory, source.commitTime)));
        const images = await assembleAll(directory, plan, observation, made, step);
        const summed = await (0,src_release/* writeChecksums */.gD)(directory, withBuilt(record, [...files, ...images]));
        const saved = await (0,src_release/* saveRelease */.DR)(directory, summed);
        return { ...saved, changed: saved.changed || placed.includes(true) };
    }
    finally {
        await (0,promises_.rm)(staging, { recursive: true, force: true });
    }
}
async function compileAll(plan, observation, staging, step) {
    const progress = step.progress('Building', plan.platforms.length);
    const failures = [];
    // A link uses one core most of the time: as many platforms as cores keep them busy.
    const made = await (0,runner/* mapConcurrently */.X2)(plan.platforms, (0,external_node_os_.availableParallelism)(), async (target) => {
        const start = performance.now();
        const name = (0,oci/* formatPlatform */.Bq)(target.platform);
        try {
            const files = await compilePlatform(plan, target, observation.go, observation.archiveFiles, staging);
            const bytes = files.reduce((total, { subject }) => total + subject.size, 0);
            step.log.info(`${name}: ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB, ${((performance.now() - start) / 1000).toFixed(1)} s`);
            return files;
        }
        catch (error) {
            step.signal.throwIfAborted();
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            failures.push(new runner/* UserError */.yo(`${name}: ${(0,runner/* describeError */.Uc)(error)}`));
            return [];
        }
        finally {
            progress.advance();
        }
    });
    progress.done();
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE('Platforms', failures);
    return made.flat();
}
async function assembleAll(directory, plan, { bases }, made, step) {
    if (plan.images.length === 0)
        return [];
    const layout = (0,external_node_path_.join)(directory, 'images');
    const binaries = plan.platforms.flatMap(({ platform, binaries }) => binaries.map(({ command, path }) => {
        const size = made.find(({ subject }) => subject.path === path)?.subject.size ?? 0;
        return { command, platform, path: (0,external_node_path_.join)(directory, path), size };
    }));
    const makeLayer = layerMaker(layout, binaries, new Date(plan.source.commitTime));
    const progress = step.progress('Assembling images', plan.images.length);
    const images = await (0,runner/* mapConcurrently */.X2)(plan.images, (0,external_node_os_.availableParallelism)(), async (image) => {
        const subject = await assembleImage(plan, image, bases.get(image.spec.name), layout, makeLayer);
        progress.advance();
        return subject;
    });
    progress.done();
    return images;
}
/** The record goes first, so that a crash leaves a folder that nobody takes for a release. */
async function removeEarlier(directory, stale) {
    await (0,promises_.rm)((0,external_node_path_.join)(directory, 'release.json'), { force: true });
    await Promise.all(stale.map((path) => (0,promises_.rm)((0,external_node_path_.join)(directory, path), { force: true })));
    if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(directory, 'images', 'oci-layout')))
        await (0,promises_.rm)((0,external_node_path_.join)(directory, 'images'), { recursive: true });
}
/** Moves a file to its place, unless these very bytes lie there; answers whether it did. */
async function place({ subject, staged }, directory, commitTime) {
    const path = (0,external_node_path_.join)(directory, subject.path);
    const present = await (0,promises_.stat)(path).catch(() => undefined);
    if (present?.isFile() && present.size === subject.size && (await (0,src_release/* hashFile */.DC)(path)).sha256 === subject.sha256)
        return false;
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
    const time = new Date(commitTime);
    await (0,promises_.utimes)(staged, time, time);
    await (0,promises_.rename)(staged, path);
    return true;
}
async function makeFolder(path) {
    try {
        // What a crash left there is of no use.
        await (0,promises_.rm)(path, { recursive: true, force: true });
        await (0,promises_.mkdir)(path, { recursive: true });
    }
    catch (error) {
        throw new runner/* UserError */.yo(`Cannot write the release: ${(0,runner/* describeError */.Uc)(error)}`, {
            hint: "Name a folder that can be written with the input 'release'.",
            cause: error,
        });
    }
}

;// CONCATENATED MODULE: ./build/source/src/build/cache.js



/**
 * Restores the module and build cache of Go from GitHub's cache, and returns what saves them.
 * Off in a release: whoever can write the cache could write the binaries.
 */
async function restoreCache(go, project, step) {
    if (!step.onGitHub) {
        step.log.notice("'cache' has no effect outside GitHub: Go keeps its caches on this machine anyway");
        return async () => undefined;
    }
    const cache = await Promise.all(/* import() */[__webpack_require__.e(2830), __webpack_require__.e(3838), __webpack_require__.e(3669), __webpack_require__.e(8603), __webpack_require__.e(2088), __webpack_require__.e(6444)]).then(__webpack_require__.bind(__webpack_require__, 6444));
    const sums = (0,external_node_crypto_.createHash)('sha256');
    const path = (0,external_node_path_.join)(project, 'go.sum');
    if ((0,external_node_fs_.existsSync)(path))
        for await (const chunk of (0,external_node_fs_.createReadStream)(path))
            sums.update(chunk);
    const prefix = `k8s-release-build-${process.platform}-${process.arch}-go${go.version}-`;
    const key = `${prefix}${sums.digest('hex')}`;
    const folders = [go.moduleCache, go.buildCache];
    const found = await cache.restoreCache(folders, key, [prefix]);
    step.log.info(found ? `Caches restored: ${found}` : 'No caches to restore');
    return async () => {
        if (found !== key)
            await cache.saveCache(folders, key);
    };
}

;// CONCATENATED MODULE: ./build/source/src/build/archive-files.js



/**
 * Files that patterns name, or the licences and readmes at the project's root.
 * @throws UserError when a pattern finds nothing, or a file that lies outside the repository
 */
async function findArchiveFiles(project, root, patterns, step) {
    const files = patterns.length > 0 ? await (0,runner/* findFiles */.lY)(patterns, step, project) : await usualFiles(project);
    return Promise.all(files.map(async (file) => {
        const real = await (0,promises_.realpath)(file);
        const path = (0,external_node_path_.relative)(project, file).split(external_node_path_.sep).join('/');
        if (path.startsWith('../') || !real.startsWith((0,external_node_path_.join)(root, external_node_path_.sep))) {
            throw new runner/* UserError */.yo(`'archive-files' names a file outside the project: ${file}`);
        }
        const { size, mode } = await (0,promises_.stat)(real);
        return { path, file: real, size, mode: mode & 0o111 ? 0o755 : 0o644 };
    }));
}
async function usualFiles(project) {
    const entries = await (0,promises_.readdir)(project, { withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && /^(LICENSE|README)/.test(entry.name));
    return files.map((entry) => (0,external_node_path_.join)(project, entry.name)).sort();
}

// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
;// CONCATENATED MODULE: ./build/source/src/build/base-image.js




/** Media types of a layer by what OCI calls it; Docker's name the same bytes. Layers that may not be passed on have none. */
const layerTypes = {
    [oci/* mediaTypes */.Ib.layer]: oci/* mediaTypes */.Ib.layer,
    'application/vnd.oci.image.layer.v1.tar': 'application/vnd.oci.image.layer.v1.tar',
    'application/vnd.oci.image.layer.v1.tar+zstd': 'application/vnd.oci.image.layer.v1.tar+zstd',
    'application/vnd.docker.image.rootfs.diff.tar.gzip': oci/* mediaTypes */.Ib.layer,
};
/** A configuration is a document, not an artefact: this much is read of one. */
const largestConfig = 4 << 20;
/** @throws UserError when the base is not there, lacks a platform, or is not whole */
async function observeBase(reference, platforms, step) {
    const repository = (0,registry/* openRepository */.h_)((0,registry/* resolveLocation */.KC)(reference.location, step), reference.name, step);
    const wanted = reference.digest ?? reference.tag;
    const found = wanted && (await repository.readManifest(wanted));
    if (!found)
        throw new runner/* UserError */.yo(`The base image ${(0,oci/* formatReference */.FH)(reference)} was not found`);
    const entries = await Promise.all(platforms.map(async (platform) => [(0,oci/* formatPlatform */.Bq)(platform), await readPlatform(repository, found, platform)]));
    return { repository, reference, digest: found.descriptor.digest, platforms: new Map(entries) };
}
async function readPlatform(repository, base, platform) {
    const what = `${repository.address}@${base.descriptor.digest}`;
    const isIndex = [oci/* mediaTypes */.Ib.index, oci/* mediaTypes */.Ib.dockerManifestList].some((type) => type === base.descriptor.mediaType);
    const entry = isIndex ? choosePlatform((0,oci/* parseIndex */.A1)(base.bytes, what), platform, what) : base.descriptor;
    const stored = isIndex ? await repository.readManifest(entry.digest) : base;
    if (!stored)
        throw new runner/* UserError */.yo(`The base image ${what} is not whole: ${entry.digest} is missing`);
    const manifest = (0,oci/* parseManifest */.Ng)(stored.bytes, `${repository.address}@${entry.digest}`);
    if (manifest.config.size > largestConfig)
        throw new runner/* UserError */.yo(`The configuration of ${what} is too large`);
    const config = parseConfig(await (0,consumers_.buffer)(await repository.readBlob(manifest.config)), what);
    const found = {
        os: config.os,
        architecture: config.architecture,
        ...(config.variant ? { variant: config.variant } : {}),
    };
    if (!matches(found, platform))
        throw new runner/* UserError */.yo(`The base image ${what} is for ${(0,oci/* formatPlatform */.Bq)(found)}, not ${(0,oci/* formatPlatform */.Bq)(platform)}`);
    if (config.rootfs.diff_ids.length !== manifest.layers.length) {
        throw new runner/* UserError */.yo(`The base image ${what} contradicts itself: its configuration names other layers than its manifest`);
    }
    return { config, layers: manifest.layers.map((layer) => plainLayer(layer, what)) };
}
function choosePlatform(index, platform, what) {
    const offered = index.manifests.filter((entry) => entry.platform && matches(entry.platform, platform));
    const exact = offered.find((entry) => entry.platform?.variant === platform.variant);
    const chosen = exact ?? offered[0];
    if (chosen)
        return chosen;
    const known = index.manifests.flatMap((entry) => (entry.platform ? [(0,oci/* formatPlatform */.Bq)(entry.platform)] : []));
    throw new runner/* UserError */.yo(`The base image ${what} is not there for ${(0,oci/* formatPlatform */.Bq)(platform)}`, {
        hint: `It has: ${known.join(', ')}. Leave the platform out of the image's 'platforms', or choose another base.`,
    });
}
// A base without a variant serves every variant; one with a variant only its own. arm64 is always v8.
const matches = (base, platform) => base.os === platform.os &&
    base.architecture === platform.architecture &&
    (base.variant === undefined ||
        base.variant === (platform.variant ?? (platform.architecture === 'arm64' ? 'v8' : undefined)));
function plainLayer({ mediaType, digest, size }, what) {
    const type = layerTypes[mediaType];
    if (type === undefined)
        throw new runner/* UserError */.yo(`The base image ${what} has a layer that cannot be passed on: ${mediaType}`);
    return { mediaType: type, digest, size };
}
function parseConfig(bytes, what) {
    try {
        const config = JSON.parse(bytes.toString());
        const isWhole = typeof config.os === 'string' && typeof config.architecture === 'string' && Array.isArray(config.rootfs.diff_ids);
        if (isWhole)
            return config;
    }
    catch {
        // Not JSON, or without rootfs.
    }
    throw new runner/* UserError */.yo(`The base image ${what} has no image configuration: ${(0,oci/* digestOfBytes */.by)(bytes)}`);
}

// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(73136);
// EXTERNAL MODULE: ./node_modules/semver/functions/compare.js
var compare = __webpack_require__(78469);
// EXTERNAL MODULE: ./node_modules/semver/functions/valid.js
var valid = __webpack_require__(58780);
;// CONCATENATED MODULE: ./build/source/src/build/repository-url.js

/**
 * A git remote as `https://HOST/PATH`, without credentials, port of ssh, `.git` and trailing slash; a local path becomes a `file:` URL.
 * Source: git-fetch(1), "Git URLs".
 */
function normalizeRepository(remote, directory) {
    // git@github.com:org/repo.git; a slash before the colon makes it a path.
    const scp = /^(?:[^@/:]+@)?([^@/:]+):(?!\/\/)(.+)$/.exec(remote);
    if (scp?.[1] && scp[2])
        return httpsOf(scp[1], scp[2]);
    const url = URL.canParse(remote)
        ? new URL(remote)
        : (0,external_node_url_.pathToFileURL)(remote.startsWith('/') ? remote : `${directory}/${remote}`);
    if (url.protocol === 'file:')
        return trimmed(url.href);
    // Only a web server's port is part of an address that others can open.
    return httpsOf(/^https?:$/.test(url.protocol) ? url.host : url.hostname, url.pathname);
}
const httpsOf = (host, path) => trimmed(`https://${host.toLowerCase()}/${path.replace(/^\/+/, '')}`);
const trimmed = (url) => url.replace(/\/+$/, '').replace(/\.git$/, '');

;// CONCATENATED MODULE: ./build/source/src/build/git.js







/**
 * Reads what the working tree was made from.
 * @throws UserError when git fails for another reason than that there is no repository
 */
async function observeCheckout(project, step) {
    const git = (args, allowFailure = false) => (0,runner/* runCommand */.d1)('git', ['-c', 'core.fsmonitor=false', '-C', project, ...args], {
        // Without a lock on the index nothing is written, and messages are compared in English.
        environment: { ...step.environment, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
        signal: step.signal,
        allowFailure,
    });
    const line = async (...args) => (await git(args)).stdout.trim();
    const top = await git(['rev-parse', '--show-toplevel'], true);
    if (top.exitCode !== 0) {
        if (top.stderr.includes('not a git repository'))
            return withoutRepository(project, step);
        throw new runner/* UserError */.yo(`git cannot read ${project}: ${top.stderr.trim()}`);
    }
    const root = await (0,promises_.realpath)(top.stdout.replace(/\n$/, ''));
    const head = await git(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], true);
    if (head.exitCode !== 0)
        throw new runner/* UserError */.yo(`The git repository ${root} has no commit`, { hint: 'Commit the project first.' });
    const commit = head.stdout.trim();
    const [remote, time, branch, tags, prefix, status, files] = await Promise.all([
        git(['remote', 'get-url', 'origin'], true),
        line('show', '--no-show-signature', '--no-patch', '--format=%ct', commit),
        git(['symbolic-ref', '--quiet', 'HEAD'], true),
        line('tag', '--points-at', commit),
        line('rev-parse', '--show-prefix'),
        git(['-C', root, 'status', '--porcelain=v1', '-z', '--untracked-files=no']),
        git(['-C', root, 'ls-files', '-z', '--recurse-submodules']),
    ]);
    const directory = prefix.replace(/\/$/, '');
    const changed = parseStatus(status.stdout);
    const ranFor = step.environment.GITHUB_SHA === commit ? step.environment.GITHUB_REF : undefined;
    const tag = chooseTag(tags.split('\n'), directory, ranFor);
    const ref = ranFor ?? (tag ? `refs/tags/${tag.name}` : branch.stdout.trim());
    return {
        root,
        changed,
        tracked: new Set(files.stdout.split('\0').filter(Boolean)),
        tagVersion: tag?.version,
        source: {
            repository: remote.exitCode === 0 ? normalizeRepository(remote.stdout.trim(), root) : (0,external_node_url_.pathToFileURL)(root).href,
            ...(ref ? { ref } : {}),
            commit,
            commitTime: timestamp(Number(time)),
            // Whether the changes matter is known only when the ingredients of the build are.
            modified: changed.length > 0,
            ...(directory ? { directory } : {}),
        },
    };
}
/** A folder without history: its time is SOURCE_DATE_EPOCH, or the earliest that a zip archive can hold. */
function withoutRepository(project, step) {
    const epoch = step.environment.SOURCE_DATE_EPOCH;
    return {
        root: project,
        changed: [],
        tracked: undefined,
        tagVersion: undefined,
        source: {
            repository: (0,external_node_url_.pathToFileURL)(project).href,
            commitTime: epoch && /^\d{1,11}$/.test(epoch) ? timestamp(Number(epoch)) : '1980-01-01T00:00:00Z',
            modified: true,
        },
    };
}
/** Paths in the output of `git status --porcelain=v1 -z`; a rename is followed by its old path. Source: git-status(1). */
function parseStatus(output) {
    const changed = [];
    const fields = output.split('\0');
    for (let index = 0; index < fields.length; index++) {
        const field = fields[index] ?? '';
        if (field === '')
            continue;
        changed.push(field.slice(3));
        if (/^(.?[RC])/.test(field.slice(0, 2)))
            index++;
    }
    return changed;
}
/**
 * The tag that names the version: one of a nested module (`DIRECTORY/v1.2.3`) before one of the whole repository, the
 * one that the workflow runs for before others, then the highest.
 */
function chooseTag(tags, directory, ref) {
    const versionsOf = (prefix) => tags
        .filter((name) => name.startsWith(prefix) && valid(name.slice(prefix.length)))
        .map((name) => ({ name, version: name.slice(prefix.length) }))
        .sort((left, right) => compare(right.version, left.version));
    const candidates = [...(directory ? versionsOf(`${directory}/`) : []), ...versionsOf('')];
    return candidates.find(({ name }) => `refs/tags/${name}` === ref) ?? candidates[0];
}
/** Version of a commit without a tag. Source: Go Modules Reference, "Pseudo-versions". */
const pseudoVersion = (commitTime, commit) => `v0.0.0-${commitTime.replace(/\D/g, '')}-${commit.slice(0, 12)}`;
/** Paths that the commit does not hold, relative to the root. */
function untracked(checkout, paths) {
    const { root, tracked } = checkout;
    return tracked
        ? [...paths]
            .filter((path) => path.startsWith((0,external_node_path_.join)(root, '/')))
            .map((path) => path.slice(root.length + 1))
            .filter((path) => !tracked.has(path))
        : [];
}
const timestamp = (seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

;// CONCATENATED MODULE: ./build/source/src/build/go-module.js



/** @throws UserError when the folder has no go.mod, or it names no module */
async function readGoModule(project) {
    const path = (0,external_node_path_.join)(project, 'go.mod');
    const text = await (0,promises_.readFile)(path, 'utf8').catch((error) => {
        throw new runner/* UserError */.yo(error.code === 'ENOENT' ? `No Go module in ${project}: go.mod is missing` : `Cannot read ${path}`, {
            hint: "Name the folder of a Go module with the input 'project'.",
            cause: error,
        });
    });
    const module = parseGoModule(text);
    if (!module)
        throw new runner/* UserError */.yo('go.mod names no module', { location: { file: path } });
    return module;
}
/** Source: Go Modules Reference, "go.mod files". Undefined when there is no module directive. */
function parseGoModule(text) {
    const found = {};
    let block = '';
    for (const line of text.split('\n')) {
        const words = line.replace(/\/\/.*$/, '').trim();
        if (words === ')')
            block = '';
        else if (/^\w+\s*\($/.test(words))
            block = words.replace(/\s*\($/, '');
        else {
            const [directive = '', value = ''] = block === '' ? words.split(/\s+/) : [block, words];
            found[directive] ??= value.replace(/^["`](.*)["`]$/, '$1');
        }
    }
    const { module, go, toolchain } = found;
    if (!module || !/^[\w.~/-]+$/.test(module))
        return undefined;
    return { path: module, go, toolchain: toolchain?.startsWith('go') ? toolchain.slice(2) : undefined };
}
/** Last element of a module path without its major version: `example.com/hello/v2` and `gopkg.in/hello.v2` → `hello`. */
function projectName(modulePath) {
    const elements = modulePath
        .replace(/\/v[0-9]+$/, '')
        .replace(/\.v[0-9]+$/, '')
        .split('/');
    return elements.at(-1) ?? modulePath;
}

;// CONCATENATED MODULE: ./build/source/src/build/go-version.js
/**
 * Orders versions of Go: `1.26rc1` < `1.26.0` < `1.26.8`. A language version (`1.26`) counts as its first release.
 * Source: go.dev/doc/toolchain, "Version numbers".
 */
function compareGoVersions(left, right) {
    const [ours, theirs] = [parts(left), parts(right)];
    const index = ours.findIndex((part, position) => part !== theirs[position]);
    return index < 0 ? 0 : (ours[index] ?? 0) - (theirs[index] ?? 0);
}
const pattern = /^(\d+)\.(\d+)(?:\.(\d+)|(rc|beta)(\d+))?/;
/** True for `1.26`, `1.26.8` and `1.27rc1`. */
const isGoVersion = (text) => new RegExp(`${pattern.source}$`).test(text);
/** `go1.26.8 X:loopvar` → `1.26.8`; undefined for a development version, which names no release. */
const releaseOf = (goVersion) => goVersion.startsWith('go') ? pattern.exec(goVersion.slice(2))?.[0] : undefined;
/** Since Go 1.21 the first release of a language version ends in .0. */
const firstRelease = (version) => /^\d+\.\d+$/.test(version) && compareGoVersions(version, '1.21') >= 0 ? `${version}.0` : version;
function parts(version) {
    const [, major, minor, patch, stage, number] = pattern.exec(version) ?? [];
    const stageRank = stage === 'beta' ? 0 : stage === 'rc' ? 1 : 2;
    return [Number(major), Number(minor), stageRank, Number(number ?? 0), Number(patch ?? 0)];
}

;// CONCATENATED MODULE: ./build/source/src/build/go-tool.js



/** Where modules come from and are kept, and who may see them: settings that do not change what is built. */
const passedOn = [
    'GOAUTH',
    'GOCACHE',
    'GOINSECURE',
    'GOMODCACHE',
    'GONOPROXY',
    'GONOSUMDB',
    'GOPATH',
    'GOPRIVATE',
    'GOPROXY',
    'GOSUMDB',
    'GOVCS',
];
/**
 * Finds the Go toolchain: the one on PATH when it fits, else one of the runner's tool cache, else the one that the go
 * command itself fetches from the module proxy, proven by the checksum database.
 * @throws UserError when there is none that fits
 */
async function openGoTool(options, step) {
    const { requested, module } = options;
    if (requested !== undefined && !isGoVersion(requested)) {
        throw new runner/* UserError */.yo(`'${requested}' is not a version of Go`, {
            hint: 'Write it as 1.26.8, or 1.26 for any of its releases.',
        });
    }
    const fits = (version) => requested === undefined
        ? compareGoVersions(version, leastVersion(module)) >= 0
        : version === requested || version.startsWith(`${requested}.`);
    const tried = [];
    const onPath = await probe('go', 'local', options, step).catch(noteFailure(tried));
    if (onPath && fits(onPath.version))
        return onPath;
    const wanted = firstRelease(requested ?? leastVersion(module));
    const cached = await findInToolCache(requested ?? wanted, step);
    const fromCache = cached && (await probe(cached, 'local', options, step).catch(noteFailure(tried)));
    if (fromCache && fits(fromCache.version))
        return fromCache;
    if (onPath) {
        step.log.info(`Go ${wanted} is fetched from the module proxy; ${onPath.version} is installed`);
        const fetched = await probe('go', `go${wanted}`, options, step);
        if (fits(fetched.version))
            return fetched;
    }
    throw new runner/* UserError */.yo(`Go ${wanted} was not found${tried.map((reason) => `\n${reason}`).join('')}`, {
        hint: `Install Go ${wanted} (https://go.dev/dl), or any Go since 1.21, which fetches it; in a workflow, use actions/setup-go before.`,
    });
}
/** The toolchain line counts over the go line, as for the go command. */
function leastVersion({ go, toolchain }) {
    const versions = [go, toolchain].filter((version) => version !== undefined && isGoVersion(version));
    return versions.sort((left, right) => compareGoVersions(left ?? '', right ?? '')).at(-1) ?? '1.21';
}
const noteFailure = (tried) => (error) => {
    if (!(error instanceof runner/* UserError */.yo))
        throw error;
    tried.push(error.message);
};
async function probe(command, toolchain, options, step) {
    const inherited = Object.entries(step.environment).filter(([name]) => !/^(GO|CGO_|PWD$|LC_ALL$)/.test(name));
    const surroundings = { ...step.environment, GOTOOLCHAIN: toolchain, PWD: undefined };
    const { stdout } = await (0,runner/* runCommand */.d1)(command, ['env', '-json', 'GOVERSION', ...passedOn], {
        cwd: options.project,
        environment: surroundings,
        signal: step.signal,
    });
    const settings = JSON.parse(stdout);
    const version = releaseOf(settings.GOVERSION ?? '');
    if (version === undefined)
        throw new runner/* UserError */.yo(`${command} is not a release of Go: ${settings.GOVERSION}`);
    const environment = {
        ...Object.fromEntries(inherited),
        ...Object.fromEntries(passedOn.map((name) => [name, settings[name]])),
        LC_ALL: 'C',
        // GOENV is where 'go env -w' keeps what one user of one machine wants.
        GOENV: 'off',
        GOFLAGS: options.moduleMode ?? '',
        GOTOOLCHAIN: toolchain,
        GOWORK: options.workspaceFile,
        CGO_ENABLED: '0',
    };
    return {
        version,
        moduleCache: settings.GOMODCACHE ?? '',
        buildCache: settings.GOCACHE ?? '',
        run: (args, more = {}) => (0,runner/* runCommand */.d1)(command, args, {
            cwd: options.project,
            environment: { ...environment, ...more },
            signal: step.signal,
        }),
    };
}
async function findInToolCache(version, step) {
    // The library needs a runner's variables, and prints a runner's commands.
    if (!step.onGitHub || !step.environment.RUNNER_TOOL_CACHE)
        return undefined;
    const { find } = await Promise.all(/* import() */[__webpack_require__.e(3838), __webpack_require__.e(2088), __webpack_require__.e(9805)]).then(__webpack_require__.bind(__webpack_require__, 59805));
    const folder = find('go', version);
    return folder ? (0,external_node_path_.join)(folder, 'bin', 'go') : undefined;
}

;// CONCATENATED MODULE: ./build/source/src/build/main-packages.js



/** Folders whose commands are no part of a release, unless they are asked for. */
const notReleased = /(^|\/)(examples?|hack|tests?|tools)(\/|$)/;
/**
 * Main packages that patterns name, or those that a project most likely releases.
 * @throws UserError when there is none, one is no main package, or two would make the same binary
 */
async function findMainPackages(go, project, patterns, listing) {
    const wish = patterns.map((pattern) => goPattern(pattern, project));
    // A package of tests alone is called main, too, and go build has nothing to build there.
    const format = '{{if .GoFiles}}{{.Name}}{{end}}\t{{.ImportPath}}\t{{.Dir}}';
    const args = ['list', ...tagsFlag(listing.tags), '-f', format, '--', ...(wish.length > 0 ? wish : ['./...'])];
    const { stdout } = await go.run(args, listing.environment);
    const listed = stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => {
        const [name = '', importPath = '', directory = ''] = line.split('\t');
        return {
            isMain: name === 'main',
            importPath,
            directory: (0,external_node_path_.relative)(project, directory),
            command: commandName(importPath),
        };
    });
    const mains = listed.filter(({ isMain }) => isMain).map(({ isMain: _, ...main }) => main);
    const library = listed.find(({ isMain }) => !isMain);
    if (library && wish.length > 0 && !wish.some((pattern) => pattern.includes('...'))) {
        throw new runner/* UserError */.yo(`${library.importPath} is not a main package, or has only tests`, {
            hint: "Correct it in the input 'main-packages'.",
        });
    }
    const chosen = wish.length > 0 ? mains : chooseMainPackages(mains);
    if (chosen.length === 0) {
        throw new runner/* UserError */.yo(`No main package in ${patterns.join(', ') || project}`, {
            hint: "Name the packages of the commands with the input 'main-packages', such as ./cmd/hello.",
        });
    }
    requireDistinct(chosen);
    return chosen.sort((left, right) => (left.command < right.command ? -1 : 1));
}
/** Those below cmd/, else the root, else every one that is not below examples, hack, test or tools. */
function chooseMainPackages(mains) {
    const released = mains.filter(({ directory }) => !notReleased.test(directory));
    const below = released.filter(({ directory }) => directory.startsWith('cmd/'));
    const root = released.filter(({ directory }) => directory === '');
    return [below, root, released].find((group) => group.length > 0) ?? [];
}
/** As `go build` names it: the last element, or the one before a major version. Source: cmd/go, DefaultExecName. */
function commandName(importPath) {
    const elements = importPath.split('/');
    const last = elements.at(-1) ?? importPath;
    return /^v[0-9]+$/.test(last) ? (elements.at(-2) ?? last) : last;
}
/** Files that go into the binaries, or would on another platform: Go, assembly, embedded and module files; absolute paths. */
async function sourceFiles(go, packages, listing) {
    const kinds = ['GoFiles', 'IgnoredGoFiles', 'IgnoredOtherFiles', 'SFiles', 'HFiles', 'SysoFiles', 'EmbedFiles'];
    const format = `{{if not .Standard}}{{.Dir}}${kinds.map((kind) => `{{range .${kind}}}\t{{.}}{{end}}`).join('')}{{end}}`;
    const paths = packages.map(({ importPath }) => importPath);
    const { stdout } = await go.run(['list', '-deps', ...tagsFlag(listing.tags), '-f', format, '--', ...paths], listing.environment);
    return stdout
        .split('\n')
        .filter(Boolean)
        .flatMap((line) => {
        const [directory = '', ...names] = line.split('\t');
        // Go itself never looks at names that begin with _ or a dot.
        return names.filter((name) => !/^[_.]/.test(name)).map((name) => (0,external_node_path_.join)(directory, name));
    });
}
const tagsFlag = (tags) => (tags.length > 0 ? [`-tags=${tags.join(',')}`] : []);
// 'cmd/hello' would be a package of the standard library to Go; a user means the folder.
function goPattern(pattern, project) {
    if (pattern.startsWith('-'))
        throw new runner/* UserError */.yo(`'${pattern}' is not a package`);
    return !pattern.startsWith('.') && (0,external_node_fs_.existsSync)((0,external_node_path_.join)(project, pattern.replace(/\/?\.\.\.$/, '')))
        ? `./${pattern}`
        : pattern;
}
function requireDistinct(mains) {
    for (const main of mains) {
        if (!/^[A-Za-z0-9_][A-Za-z0-9._+-]*$/.test(main.command))
            throw new runner/* UserError */.yo(`'${main.command}' cannot be the name of a released file`);
        const other = mains.find((candidate) => candidate !== main && candidate.command === main.command);
        if (other) {
            throw new runner/* UserError */.yo(`${main.importPath} and ${other.importPath} would both be the command '${main.command}'`, {
                hint: "Choose by the input 'main-packages'.",
            });
        }
    }
}

;// CONCATENATED MODULE: ./build/source/src/build/observe.js













/** @throws UserError for every wrong input, and for a source that the commit does not hold unless that is allowed */
async function observeBuild(input, step) {
    const targets = parseTargets(input.platforms);
    const project = await (0,promises_.realpath)(input.project).catch(() => {
        throw new runner/* UserError */.yo(`Folder not found: ${input.project}`, {
            hint: "Name the folder of a Go module with the input 'project'.",
        });
    });
    const [checkout, module, previous] = await Promise.all([
        observeCheckout(project, step),
        readGoModule(project),
        previousRelease(input.release, step),
    ]);
    const moduleMode = moduleModeOf(step);
    const workspaceFile = findWorkspaceFile(project, checkout.root);
    const go = await openGoTool({ project, module, requested: input.goVersion, workspaceFile: workspaceFile ?? 'off', moduleMode }, step);
    const listing = { environment: targets[0]?.environment ?? {}, tags: input.buildTags };
    const mains = await findMainPackages(go, project, input.mainPackages, listing);
    const images = parseImages(input.images, mains, targets);
    const [archiveFiles, sources, bases] = await Promise.all([
        findArchiveFiles(project, checkout.root, input.archiveFiles, step),
        sourceFiles(go, mains, listing),
        Promise.all(images.map((image) => baseOf(image, step))),
    ]);
    const moduleFiles = ['go.mod', 'go.sum', 'vendor/modules.txt'].map((name) => (0,external_node_path_.join)(project, name));
    const workspaceFiles = workspaceFile ? [workspaceFile, `${workspaceFile}.sum`] : [];
    const ingredients = [
        ...[...moduleFiles, ...workspaceFiles].filter((path) => (0,external_node_fs_.existsSync)(path)),
        ...sources,
        ...archiveFiles.map(({ file }) => file),
    ];
    const checked = requireUnmodified(checkout, project, ingredients, input.allowModified);
    return {
        project,
        checkout: checked,
        module,
        go,
        moduleMode,
        targets,
        mains,
        archiveFiles,
        images,
        bases: new Map(bases.flat()),
        previous,
    };
}
async function baseOf({ name, base, platforms }, step) {
    return base ? [[name, await observeBase(base, platforms, step)]] : [];
}
/**
 * The checkout, of whose changes only those count that lie in the project or beside a file that goes into the build.
 * @throws UserError unless the source is the commit, or the user allows that it is not; then the record says so
 */
function requireUnmodified(checkout, project, ingredients, allowModified) {
    const { changed, root, tracked, source } = checkout;
    const folders = new Set(ingredients.map((path) => (0,external_node_path_.dirname)(path)));
    const counts = (path) => isBelow(path, project) || folders.has((0,external_node_path_.dirname)(path));
    const different = [...changed.filter((path) => counts((0,external_node_path_.join)(root, path))), ...untracked(checkout, ingredients)];
    const modified = !tracked || different.length > 0;
    if (!modified || allowModified)
        return { ...checkout, source: { ...source, modified } };
    const hint = "Commit first; or set 'allow-modified' for a build that nobody can make again, and whose record says so.";
    if (!tracked) {
        throw new runner/* UserError */.yo(`${root} is not in a git repository: a release needs a commit to come from`, { hint });
    }
    const shown = different.slice(0, 10).map((path) => `\n- ${path}`);
    const more = different.length > 10 ? `\n- and ${different.length - 10} more` : '';
    throw new runner/* UserError */.yo(`Files of the release differ from the commit:${shown.join('')}${more}`, { hint });
}
const isBelow = (path, folder) => path === folder || path.startsWith((0,external_node_path_.join)(folder, external_node_path_.sep));
/** A workspace of the repository counts; one above it would bring in code that no commit of this repository holds. */
function findWorkspaceFile(project, root) {
    for (let folder = project; folder.startsWith(root); folder = (0,external_node_path_.dirname)(folder)) {
        if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, 'go.work')))
            return (0,external_node_path_.join)(folder, 'go.work');
        if (folder === (0,external_node_path_.dirname)(folder))
            break;
    }
    return undefined;
}
/** Of GOFLAGS only the choice between module cache and vendor folder counts; the rest are inputs of this action. */
function moduleModeOf(step) {
    const flags = (step.environment.GOFLAGS ?? '').split(/\s+/).filter(Boolean);
    const mode = flags.find((flag) => /^-mod=(readonly|vendor)$/.test(flag));
    const ignored = flags.filter((flag) => flag !== mode);
    if (ignored.length > 0)
        step.log.debug(`Not used from GOFLAGS: ${ignored.join(' ')}`);
    return mode;
}
// A record that cannot be read is replaced: making the release again is how to mend it.
async function previousRelease(directory, step) {
    if (!(0,external_node_fs_.existsSync)((0,external_node_path_.join)(directory, 'release.json')))
        return undefined;
    try {
        return await (0,src_release/* openRelease */.gS)(directory);
    }
    catch (error) {
        if (!(error instanceof runner/* UserError */.yo))
            throw error;
        step.log.notice(`The release that lies in ${directory} is replaced: ${(0,runner/* describeError */.Uc)(error)}`);
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/source/src/build/template.js

/**
 * Replaces `{{.Name}}` by its value.
 * @throws UserError for a name that is not there ("did you mean"), or braces that are no template
 */
function expandTemplate(text, values, what) {
    const expanded = text.replace(/\{\{\s*(.*?)\s*\}\}/g, (whole, inner) => {
        const name = /^\.([A-Za-z]+)$/.exec(inner)?.[1];
        const value = name !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
        if (value !== undefined)
            return value;
        const near = (0,runner/* suggest */.ZA)(name ?? inner.replace(/^\./, ''), Object.keys(values));
        throw new runner/* UserError */.yo(`${what}: unknown template ${whole}`, {
            hint: near
                ? `Did you mean {{.${near}}}?`
                : `Known: ${Object.keys(values)
                    .map((known) => `{{.${known}}}`)
                    .join(', ')}.`,
        });
    });
    if (expanded.includes('{{'))
        throw new runner/* UserError */.yo(`${what}: a template is not closed: ${text}`, { hint: 'Write {{.Version}}.' });
    return expanded;
}

;// CONCATENATED MODULE: ./build/source/src/build/plan.js







const versionPattern = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;
/** @throws UserError for a name, version, tag or template that cannot be */
function planBuild(input, observation) {
    const { checkout, module, mains, targets, archiveFiles } = observation;
    const name = input.name ?? projectName(module.path);
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name))
        throw new runner/* UserError */.yo(`'${name}' is not a name of a project`, { hint: "Set the input 'name'." });
    const version = input.version ?? defaultVersion(observation);
    if (!versionPattern.test(version))
        throw new runner/* UserError */.yo(`'${version}' is not a version`, { hint: 'Write it as v1.2.3.' });
    for (const { path } of archiveFiles) {
        if (mains.some(({ command }) => path === command || path === `${command}.exe`)) {
            throw new runner/* UserError */.yo(`An archive would hold '${path}' twice: as a command and from 'archive-files'`);
        }
    }
    return {
        project: name,
        version,
        source: checkout.source,
        goVersion: observation.go.version,
        arguments: buildArguments(input, name, version, observation),
        platforms: targets.map((target) => ({
            platform: target.platform,
            environment: target.environment,
            binaries: mains.map(({ command }) => ({
                command,
                name: `${command}${target.extension}`,
                path: `files/${command}-${target.suffix}${target.extension}`,
            })),
            archive: archivePlan(`files/${name}-${version}-${target.suffix}`, target.platform.os === 'windows' ? 'zip' : 'tar.gz'),
        })),
        images: observation.images.map((spec) => ({ spec, tag: imageTag(version) })),
        parameters: parametersOf(input, name, version, observation),
        dependencies: dependenciesOf(observation),
    };
}
const archivePlan = (stem, format) => ({
    path: `${stem}.${format}`,
    format,
});
/** Of a modified tree, the version says so, as Go itself does; one that the user gives is taken as it is. */
function defaultVersion({ checkout }) {
    const { source, tagVersion } = checkout;
    const version = tagVersion ?? (source.commit ? pseudoVersion(source.commitTime, source.commit) : 'v0.0.0');
    return source.modified ? `${version}${version.includes('+') ? '.' : '+'}dirty` : version;
}
function buildArguments(input, name, version, { checkout, mains }) {
    const { source } = checkout;
    const values = { Version: version, Commit: source.commit ?? '', CommitDate: source.commitTime, Name: name };
    const ldflags = input.ldflags.map((flag) => expandTemplate(flag, values, "Input 'ldflags'")).join(' ');
    const wrong = input.buildTags.find((tag) => !/^[A-Za-z0-9_.]+$/.test(tag));
    if (wrong !== undefined)
        throw new runner/* UserError */.yo(`'${wrong}' is not a build tag`, { hint: "Give one tag a line in 'build-tags'." });
    // The stamp of -buildvcs depends on tags and untracked files around the commit; ldflags and the record name the version.
    return [
        '-trimpath',
        '-buildvcs=false',
        ...tagsFlag(input.buildTags),
        `-ldflags=${ldflags}`,
        '--',
        ...mains.map(({ importPath }) => importPath),
    ];
}
/** Every input that has an effect on what is built, with defaults resolved: SLSA's external parameters. */
function parametersOf(input, name, version, observation) {
    const { mains, targets, archiveFiles, moduleMode } = observation;
    return {
        name,
        version,
        'main-packages': mains.map(({ importPath }) => importPath),
        platforms: targets.map(({ platform }) => (0,oci/* formatPlatform */.Bq)(platform)),
        ldflags: input.ldflags,
        'build-tags': input.buildTags,
        'archive-files': archiveFiles.map(({ path }) => path),
        images: observation.images.map((spec) => ({
            name: spec.name,
            'main-package': mains.find(({ command }) => command === spec.command)?.importPath,
            base: baseParameter(spec, observation),
            user: spec.user,
            entrypoint: spec.entrypoint,
            labels: spec.labels,
            platforms: spec.platforms.map(oci/* formatPlatform */.Bq),
        })),
        ...(input.goVersion ? { 'go-version': input.goVersion } : {}),
        ...(moduleMode ? { GOFLAGS: moduleMode } : {}),
        ...(observation.checkout.source.modified ? { 'allow-modified': true } : {}),
    };
}
function baseParameter(spec, { bases }) {
    const base = bases.get(spec.name);
    return base ? basePackageUrl(base.reference, base.digest) : 'scratch';
}
/** What the build consumes beside the source, which the record names itself; the compressor's version too, since the bytes of archives and layers depend on it. */
function dependenciesOf({ go, bases }) {
    const images = [...bases.values()].map(({ reference, digest }) => ({
        name: reference.name,
        uri: basePackageUrl(reference, digest),
        digest: { sha256: digest.slice('sha256:'.length) },
    }));
    const distinct = new Map(images.map((image) => [image.uri, image]));
    return [
        { name: 'go', uri: `pkg:generic/go@${go.version}` },
        { name: 'zlib', uri: `pkg:generic/zlib@${process.versions.zlib}` },
        ...[...distinct.values()].sort((left, right) => (left.uri < right.uri ? -1 : 1)),
    ];
}

;// CONCATENATED MODULE: ./build/source/src/build/summary.js



/** What was built. */
function buildTable({ record }, changed) {
    const files = (0,src_release/* fileSubjects */.QC)(record).filter(({ role }) => role === 'binary' || role === 'archive');
    const images = (0,src_release/* imageSubjects */.vq)(record);
    const shown = changed ? [] : [(0,runner/* text */.Qq)('Nothing changed: the release in that folder is this one.')];
    return [
        (0,runner/* heading */.R_)(`Built ${record.project} ${record.version}`),
        ...shown,
        (0,runner/* table */.tp)(['File', 'Platform', 'MB', 'SHA-256'], files.map(({ name, platform, size, sha256 }) => [
            name,
            platform ? (0,oci/* formatPlatform */.Bq)(platform) : '',
            megabytes(size),
            sha256,
        ])),
        ...(images.length === 0
            ? []
            : [
                (0,runner/* table */.tp)(['Image', 'Platforms', 'Digest'], images.map(({ name, tags, manifests, digest }) => [
                    `${name}:${tags.join(' ')}`,
                    String(manifests.length),
                    digest,
                ])),
            ]),
    ];
}
/** What would be built. */
function planTable(plan) {
    return [
        (0,runner/* heading */.R_)(`Would build ${plan.project} ${plan.version}`),
        (0,runner/* text */.Qq)(`Go ${plan.goVersion}: go build ${plan.arguments.join(' ')}`),
        (0,runner/* table */.tp)(['Platform', 'Files'], plan.platforms.map(({ platform, binaries, archive }) => [
            (0,oci/* formatPlatform */.Bq)(platform),
            [...binaries, archive].map(({ path }) => path).join(' '),
        ])),
        ...(plan.images.length === 0
            ? []
            : [
                (0,runner/* table */.tp)(['Image', 'Platforms'], plan.images.map(({ spec, tag }) => [`${spec.name}:${tag}`, spec.platforms.map(oci/* formatPlatform */.Bq).join(' ')])),
            ]),
    ];
}
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

;// CONCATENATED MODULE: ./build/source/src/build/build.js






/**
 * Builds a Go module into a release: binaries, archives, checksums and images, and the record of them.
 * The same commit, inputs and toolchain give the same bytes in every folder.
 * @throws UserError for wrong inputs and a source that is not a commit, FailedItems for platforms that do not compile
 */
async function buildRelease(input, step) {
    const observation = await observeBuild(input, step);
    const plan = planBuild(input, observation);
    step.log.info(`${plan.project} ${plan.version} from ${plan.source.commit ?? 'a folder without git'}, Go ${plan.goVersion}`);
    if (input.dryRun) {
        step.summary(...planTable(plan));
        return planned(plan, observation.previous);
    }
    const saveCache = input.cache ? await restoreCache(observation.go, observation.project, step) : undefined;
    const release = await applyBuild(input.release, plan, observation, step);
    await saveCache?.();
    step.summary(...buildTable(release, release.changed));
    return {
        releaseDigest: release.digest,
        version: plan.version,
        files: (0,src_release/* fileSubjects */.QC)(release.record)
            .map(({ path }) => path)
            .sort(),
        images: (0,src_release/* imageSubjects */.vq)(release.record).map(({ name, digest, tags }) => ({ name, digest, tags })),
        changed: release.changed,
    };
}
const planned = (plan, previous) => ({
    releaseDigest: previous?.digest ?? '',
    version: plan.version,
    files: [
        ...plan.platforms.flatMap(({ binaries, archive }) => [...binaries, archive].map(({ path }) => path)),
        ...['files/SHA256SUMS', 'files/SHA512SUMS'],
    ].sort(),
    images: plan.images.map(({ spec, tag }) => ({ name: spec.name, tags: [tag] })),
    changed: false,
});

;// CONCATENATED MODULE: ./build/source/src/build/index.js
/** Go modules into binaries, archives and images, the same bytes every time. */



// EXTERNAL MODULE: ./build/source/actions/build/definition.js
var definition = __webpack_require__(26234);
;// CONCATENATED MODULE: ./build/source/actions/build/main.js



/* harmony default export */ const main = ((0,runner/* action */.XI)(definition/* definition */.m, (input, step) => buildRelease(input, step)));


/***/ }),

/***/ 43718:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  xc: () => (/* reexport */ arMagic),
  jp: () => (/* reexport */ arMemberHeader),
  Jt: () => (/* reexport */ cpioHeader),
  nu: () => (/* reexport */ cpioPadding),
  $x: () => (/* reexport */ cpioTrailer),
  ZI: () => (/* reexport */ gzip),
  NS: () => (/* reexport */ readArMembers),
  yY: () => (/* reexport */ tar),
  yU: () => (/* reexport */ zip)
});

;// CONCATENATED MODULE: ./build/source/src/archive/ar.js
/** The first bytes of every ar archive. */
const arMagic = '!<arch>\n';
/**
 * The 60 bytes before a member, owned by root, mode 0644 (ar(5), common format). Content of odd size is followed by a newline.
 * `time` in seconds since 1970.
 */
function arMemberHeader(name, size, time) {
    if (!/^[A-Za-z0-9._+-]{1,16}$/.test(name))
        throw new RangeError(`'${name}' does not fit a member's name of ar`);
    const fields = [name.padEnd(16), String(time).padEnd(12), '0'.padEnd(6), '0'.padEnd(6), '100644'.padEnd(8)];
    return Buffer.from(`${fields.join('')}${String(size).padEnd(10)}\`\n`, 'latin1');
}
/**
 * The members of an ar archive, in its order, without their content. Long names (GNU, BSD) are returned as they stand.
 * @throws Error when the file is none, or a member leaves it
 */
async function readArMembers(file, maximum = 64) {
    const { size: end } = await file.stat();
    const magic = await readAt(file, 0, Math.min(end, arMagic.length));
    if (magic.toString('latin1') !== arMagic)
        throw new Error('it does not begin like an ar archive');
    const members = [];
    for (let position = arMagic.length; position < end;) {
        if (members.length === maximum)
            throw new Error(`it has more than ${maximum} members`);
        if (position + 60 > end)
            throw new Error('a member is cut off');
        const header = (await readAt(file, position, 60)).toString('latin1');
        const sizeText = header.slice(48, 58).trimEnd();
        if (header.slice(58) !== '`\n' || !/^[0-9]{1,10}$/.test(sizeText))
            throw new Error('the header of a member is broken');
        const size = Number(sizeText);
        const offset = position + 60;
        if (offset + size > end)
            throw new Error('a member is cut off');
        members.push({ name: header.slice(0, 16).trimEnd().replace(/\/$/, ''), offset, size });
        position = offset + size + (size % 2);
    }
    return members;
}
async function readAt(file, position, length) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
    if (bytesRead !== length)
        throw new Error('it is cut off');
    return buffer;
}

;// CONCATENATED MODULE: ./build/source/src/archive/cpio.js
const maximum = 0xffffffff;
/**
 * The bytes before an entry's content, owned by root: the "newc" form of cpio(5), with which RPM carries its files.
 * The content is followed by `cpioPadding(size)`.
 * @throws RangeError when the entry is larger than the form can say (4 GiB)
 */
function cpioHeader(entry) {
    if (entry.size > maximum)
        throw new RangeError(`${entry.name} is larger than cpio can hold (4 GiB)`);
    const name = Buffer.from(`${entry.name}\0`);
    const links = entry.name === trailerName ? 1 : (entry.mode & 0o170000) === 0o040000 ? 2 : 1;
    const fields = [entry.inode, entry.mode, 0, 0, links, entry.time, entry.size, 0, 0, 0, 0, name.length, 0];
    const head = Buffer.concat([Buffer.from(`070701${fields.map(hexadecimal).join('')}`), name]);
    return Buffer.concat([head, cpioPadding(head.length)]);
}
/** The zero bytes after `size` bytes of content, up to a multiple of four. */
const cpioPadding = (size) => Buffer.alloc((4 - (size % 4)) % 4);
const trailerName = 'TRAILER!!!';
/** The entry that ends an archive. */
const cpioTrailer = () => cpioHeader({ name: trailerName, inode: 0, mode: 0, size: 0, time: 0 });
const hexadecimal = (value) => value.toString(16).padStart(8, '0');

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./build/source/src/archive/gzip.js


/**
 * Where speed meets size for Go binaries (measured: level 9 takes three times as long for 0.2 % less). Fixed, since the
 * bytes of a release depend on it.
 */
const compressionLevel = 6;
/** Position of the operating system in a gzip header, and its value for "unknown". Source: RFC 1952, section 2.3.1. */
const systemOffset = 9;
const systemUnknown = 255;
/** Gzip without a name, a time or the operating system, compressed beside the main thread. */
async function* gzip(content) {
    const compressor = (0,external_node_zlib_.createGzip)({ level: compressionLevel, chunkSize: 1 << 16 });
    // An error destroys the compressor with it, so that the loop below throws it.
    (0,external_node_stream_.pipeline)(content, compressor, () => undefined);
    let position = 0;
    for await (const chunk of compressor) {
        if (position <= systemOffset && systemOffset < position + chunk.length)
            chunk[systemOffset - position] = systemUnknown;
        position += chunk.length;
        yield chunk;
    }
}

// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(46466);
;// CONCATENATED MODULE: ./build/source/src/archive/entry.js
/**
 * Entries by path in byte order, so that the order they were found in leaves no trace.
 * @throws Error when a path leaves the archive or is there twice: a mistake of the caller
 */
function sortEntries(entries) {
    const sorted = [...entries].sort((left, right) => Buffer.compare(Buffer.from(left.path), Buffer.from(right.path)));
    for (const [index, { path }] of sorted.entries()) {
        if (path === '' || path.startsWith('/') || path.split(/[/\\]/).includes('..')) {
            throw new Error(`a path leaves the archive: '${path}'`);
        }
        if (sorted[index + 1]?.path === path)
            throw new Error(`a path is in the archive twice: '${path}'`);
    }
    return sorted;
}

;// CONCATENATED MODULE: ./build/source/src/archive/tar.js



/**
 * A tar archive (POSIX ustar; pax where a path is long): sorted, owned by root, every entry of the one time.
 * Source: POSIX.1-2024, pax, "ustar Interchange Format".
 */
async function* tar(entries, time) {
    const { pack } = await __webpack_require__.e(/* import() */ 6118).then(__webpack_require__.t.bind(__webpack_require__, 56118, 19));
    const archive = pack();
    fill(archive, sortEntries(entries), time).catch((error) => archive.destroy(error));
    yield* external_node_stream_.Readable.from(archive, { objectMode: false });
}
async function fill(archive, entries, time) {
    for (const entry of entries) {
        const header = {
            name: entry.kind === 'directory' ? entry.path.replace(/\/?$/, '/') : entry.path,
            type: entry.kind,
            mode: entry.mode,
            size: entry.kind === 'file' ? entry.size : 0,
            mtime: time,
            uid: 0,
            gid: 0,
            uname: 'root',
            gname: 'root',
        };
        // tar-stream itself fails when the content is longer or shorter than the header says.
        await (0,promises_.pipeline)(entry.kind === 'file' ? entry.open() : [], archive.entry(header));
    }
    archive.finalize();
}

;// CONCATENATED MODULE: ./build/source/src/archive/zip.js



/** A zip archive: sorted, deflated, every entry of the one time. Source: APPNOTE.TXT 6.3.10. */
async function* zip(entries, time) {
    const { ZipFile } = await __webpack_require__.e(/* import() */ 3044).then(__webpack_require__.t.bind(__webpack_require__, 93044, 19));
    const archive = new ZipFile();
    const output = new external_node_stream_.PassThrough();
    // yazl passes on neither its own errors nor those of a source.
    const fail = (error) => void output.destroy(error);
    archive.on('error', fail);
    const mtime = inLocalTime(time);
    for (const entry of sortEntries(entries)) {
        const { path, mode } = entry;
        if (entry.kind === 'directory')
            archive.addEmptyDirectory(path, { mtime, mode: directoryType | mode, forceDosTimestamp: true });
        else {
            const options = { mtime, mode: fileType | mode, size: entry.size, compressionLevel: compressionLevel, forceDosTimestamp: true };
            archive.addReadStreamLazy(path, options, (take) => {
                take(null, external_node_stream_.Readable.from(entry.open(), { objectMode: false }).on('error', fail));
            });
        }
    }
    archive.end();
    archive.outputStream.pipe(output);
    yield* output;
}
/** File types in a mode of POSIX. */
const fileType = 0o100000;
const directoryType = 0o040000;
/** The date whose local members are those of `time` in UTC: zip has no time zone and yazl writes the local time. */
function inLocalTime(time) {
    return Object.assign(new Date(time), {
        getFullYear: () => time.getUTCFullYear(),
        getMonth: () => time.getUTCMonth(),
        getDate: () => time.getUTCDate(),
        getHours: () => time.getUTCHours(),
        getMinutes: () => time.getUTCMinutes(),
        getSeconds: () => time.getUTCSeconds(),
    });
}

;// CONCATENATED MODULE: ./build/source/src/archive/index.js
/** Archive formats, written and read as streams. */







/***/ })

};
