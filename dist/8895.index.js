export const id = 8895;
export const ids = [8895];
export const modules = {

/***/ 98895:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  "default": () => (/* binding */ main)
});

// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: ./build/source/src/release/index.js + 8 modules
var src_release = __webpack_require__(43987);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/source/src/sbom/apply.js



/** Each write waits for the disk, so that several at a time take little longer than one. */
const writesAtOnce = 8;
/** Writes what is not there yet. */
async function writeDocuments(folder, documents) {
    const missing = documents.filter(({ state }) => state !== 'unchanged');
    await (0,runner/* mapConcurrently */.X2)(missing, writesAtOnce, ({ name, text }) => (0,src_release/* atomicWrite */.L8)((0,external_node_path_.resolve)(folder, name), text));
}
/** Writes the documents, the sums over them, and last the record that names them. */
async function applySboms(release, plan) {
    await writeDocuments((0,external_node_path_.join)(release.directory, 'files'), plan.documents);
    return (0,src_release/* saveRelease */.DR)(release.directory, await (0,src_release/* writeChecksums */.gD)(release.directory, (0,src_release/* withSubjects */.gN)(release.record, plan.subjects)));
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./build/source/src/errors/index.js
var errors = __webpack_require__(70245);
// EXTERNAL MODULE: external "node:path/posix"
var posix_ = __webpack_require__(53916);
// EXTERNAL MODULE: ./build/source/package.json
var source_package = __webpack_require__(84989);
;// CONCATENATED MODULE: ./build/source/src/sbom/spdx.js
const relationship = (spdxElementId, relationshipType, relatedSpdxElement) => ({ spdxElementId, relationshipType, relatedSpdxElement });
/** A package with what is the same for most: nobody is known to supply it, no license was looked for. */
function spdxPackage(members) {
    const { SPDXID, name, ...others } = members;
    return {
        SPDXID,
        name,
        supplier: 'NOASSERTION',
        originator: 'NOASSERTION',
        downloadLocation: 'NOASSERTION',
        filesAnalyzed: false,
        licenseConcluded: 'NOASSERTION',
        licenseDeclared: 'NOASSERTION',
        copyrightText: 'NOASSERTION',
        ...others,
    };
}
const purlReference = (purl) => ({
    referenceCategory: 'PACKAGE-MANAGER',
    referenceType: 'purl',
    referenceLocator: purl,
});

;// CONCATENATED MODULE: ./build/source/src/sbom/document.js



const tool = `Tool: ${source_package/* name */.UU}-${source_package/* version */.rE}`;
/** What no member of SPDX has a place for. */
const annotation = (created, comment) => ({
    annotationDate: created,
    annotationType: 'OTHER',
    annotator: tool,
    comment,
});
/** Sorts the parts into a document; the same parts in any order give the same document. */
function spdxDocument(content) {
    const { name, created, comment, describes, parts, externalDocuments = [] } = content;
    const packages = new Map(parts.flatMap((part) => part.packages.map((each) => [each.SPDXID, each])));
    const relationships = new Map([relationship('SPDXRef-DOCUMENT', 'DESCRIBES', describes), ...parts.flatMap((part) => part.relationships)].map((each) => [Object.values(each).join(' '), each]));
    const document = {
        spdxVersion: 'SPDX-2.3',
        dataLicense: 'CC0-1.0',
        SPDXID: 'SPDXRef-DOCUMENT',
        name,
        documentNamespace: '',
        creationInfo: { created, creators: [tool], comment },
        ...(externalDocuments.length > 0
            ? { externalDocumentRefs: sorted(externalDocuments, (each) => each.externalDocumentId) }
            : {}),
        documentDescribes: [describes],
        packages: sorted([...packages.values()], (each) => each.SPDXID),
        relationships: sorted([...relationships.entries()], ([key]) => key).map(([, each]) => each),
    };
    return { ...document, documentNamespace: namespaceOf(name, document) };
}
const serializeDocument = (document) => `${JSON.stringify(document, null, 2)}\n`;
/** A version 5 UUID makes the URI unique, as SPDX 2.3, clause 6.5, has it; here it follows from the rest of the document. */
function namespaceOf(name, document) {
    const base = `https://spdx.org/spdxdocs/${encodeURIComponent(name)}`;
    const content = (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(document)).digest('hex');
    return `${base}-${uuid5(`${base}?sha256=${content}`)}`;
}
/** The UUID of a URL. Source: RFC 9562, section 5.5 and appendix A (namespace of URLs). */
function uuid5(url) {
    const namespace = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');
    const bytes = (0,external_node_crypto_.createHash)('sha1').update(namespace).update(url).digest().subarray(0, 16);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
function sorted(items, key) {
    return [...items].sort((left, right) => (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0));
}

;// CONCATENATED MODULE: ./build/source/src/sbom/element-id.js

/**
 * An identifier that follows from a name: the name where it is allowed as it is, else one made unique by a hash.
 * @param distinction what tells two elements of the same name apart, without being shown
 */
const elementId = (kind, name, distinction = '') => `SPDXRef-${kind}-${identifier(name, distinction)}`;
/** Letters, digits, `.` and `-`, as identifiers of elements and documents have them. Source: SPDX 2.3, clauses 6.6 and 7.2. */
function identifier(name, distinction = '') {
    const allowed = name.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-|-$/g, '');
    if (allowed === name && distinction === '')
        return name;
    const hash = (0,external_node_crypto_.createHash)('sha256').update(`${name}\0${distinction}`).digest('hex');
    return `${allowed.slice(0, 100)}-${hash.slice(0, 12)}`;
}

;// CONCATENATED MODULE: ./build/source/src/sbom/organization.js
/** Whose modules and repositories these are, beyond doubt: the host or owner is the organization's own. */
const owners = [
    [/^(?:[a-z0-9-]+\.)?k8s\.io(?:\/|$)/, 'The Kubernetes Authors'],
    [/^github\.com\/kubernetes(?:-(?:client|csi|incubator|sigs))?\//i, 'The Kubernetes Authors'],
    [/^golang\.org\/x\//, 'The Go Authors'],
];
/** Supplier and originator of a module path or of a repository without its scheme. */
function partiesOf(location) {
    const name = owners.find(([pattern]) => pattern.test(location))?.[1];
    const party = name ? `Organization: ${name}` : 'NOASSERTION';
    return { supplier: party, originator: party };
}

;// CONCATENATED MODULE: ./build/source/src/sbom/package-url.js
/** Types whose definition has namespace and name in lower case. */
const lowerCased = new Set(['github', 'golang', 'oci']);
/** The canonical text: qualifiers sorted, absent and empty parts left out. */
function formatPackageUrl({ type, path, version, qualifiers = {}, subpath }) {
    const segments = (text) => text.split('/').filter(Boolean).map(encode).join('/');
    const pairs = Object.entries(qualifiers)
        .flatMap(([key, value]) => (value ? [`${key}=${encode(value)}`] : []))
        .sort();
    return [
        `pkg:${type}/${segments(lowerCased.has(type) ? path.toLowerCase() : path)}`,
        version ? `@${encode(version)}` : '',
        pairs.length > 0 ? `?${pairs.join('&')}` : '',
        subpath ? `#${segments(subpath)}` : '',
    ].join('');
}
/** Everything but letters, digits, `.`, `-`, `_`, `~` and the colon, which the specification never encodes. */
const encode = (text) => encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%3A', ':');

;// CONCATENATED MODULE: ./build/source/src/sbom/module-package.js





/**
 * The package of a Go module: what was compiled, which is the replacement where there is one. A binary does not tell from
 * where its modules were downloaded; the package URL says which they are.
 * @param fallbackVersion the module's version where the toolchain did not know it
 */
function modulePackage(module, created, fallbackVersion) {
    const { path, sum, ...compiled } = compiledModule(module);
    const version = knownVersion(compiled.version) ?? fallbackVersion;
    const comment = replacementComment(module);
    return spdxPackage({
        SPDXID: elementId('Module', version ? `${path}@${version}` : path, `${sum} ${comment}`),
        name: path,
        ...(version ? { versionInfo: version } : {}),
        ...partiesOf(path),
        ...(comment ? { comment } : {}),
        externalRefs: [purlReference(formatPackageUrl({ type: 'golang', path, version }))],
        ...(sum ? { annotations: [annotation(created, `Go module sum ${sum}`)] } : {}),
        primaryPackagePurpose: 'LIBRARY',
    });
}
/** Go's standard library and runtime, which every Go binary holds; named and versioned as the Go vulnerability database does. */
function standardLibraryPackage({ goVersion }) {
    const released = /^go([0-9]+(?:\.[0-9]+)*(?:(?:beta|rc)[0-9]+)?)(?=\s|-|$)/.exec(goVersion)?.[1];
    const version = released ?? goVersion;
    return spdxPackage({
        SPDXID: elementId('Module', `stdlib@${goVersion}`),
        name: 'stdlib',
        versionInfo: version,
        supplier: 'Organization: The Go Authors',
        originator: 'Organization: The Go Authors',
        downloadLocation: goVersion === `go${released}` ? `https://go.dev/dl/${goVersion}.src.tar.gz` : 'NOASSERTION',
        comment: `Standard library of the toolchain ${goVersion}`,
        externalRefs: [purlReference(formatPackageUrl({ type: 'golang', path: 'stdlib', version }))],
        primaryPackagePurpose: 'LIBRARY',
    });
}
/** `(devel)` is what the toolchain says when it does not know. */
const knownVersion = (version) => version === '(devel)' || version === '' ? undefined : version;
/** A path of go.mod's `replace` that is a folder. Source: Go Modules Reference, "replace directive". */
const isFolderPath = (path) => /^(?:\.{1,2}$|\.{1,2}[/\\]|[/\\]|[A-Za-z]:[/\\])/.test(path);
/** A folder's own path may be one of the machine that built it, and its version is unknown. */
function compiledModule({ replacement, ...module }) {
    if (!replacement)
        return module;
    return isFolderPath(replacement.path) ? { path: module.path } : replacement;
}
function replacementComment({ path, version, replacement }) {
    if (!replacement)
        return undefined;
    const replaced = [path, version].filter(Boolean).join('@');
    return isFolderPath(replacement.path) ? `Compiled from a folder that replaces ${replaced}` : `Replaces ${replaced}`;
}

;// CONCATENATED MODULE: ./build/source/src/sbom/source-package.js




const sourceId = ({ project }) => elementId('Source', project);
/** Supplier and originator of what the project releases. */
const projectParties = ({ source }) => partiesOf(source.repository.replace(/^https:\/\//, ''));
/** The source that everything of the release was made from, at its commit. */
function sourcePackage(project) {
    const { repository, commit, modified } = project.source;
    return spdxPackage({
        SPDXID: sourceId(project),
        name: project.project,
        versionInfo: project.version,
        ...projectParties(project),
        downloadLocation: downloadLocation(project) ?? 'NOASSERTION',
        sourceInfo: commit
            ? `git commit ${commit}${modified ? ', with changes that were not committed' : ''}`
            : 'not under version control',
        externalRefs: [
            purlReference(sourcePurl(project)),
            // A SWHID of a revision is its git commit. Source: SWHID specification (ISO/IEC 18670).
            ...(commit?.length === 40 && !modified && isPublic(repository)
                ? [
                    {
                        referenceCategory: 'PERSISTENT-ID',
                        referenceType: 'swh',
                        referenceLocator: `swh:1:rev:${commit}`,
                    },
                ]
                : []),
        ],
        primaryPackagePurpose: 'SOURCE',
    });
}
// A `file:` URL would tell of the machine that built it, and be of no use elsewhere.
const isPublic = (repository) => repository.startsWith('https://');
/** `git+https://HOST/PATH@COMMIT#DIRECTORY`. Source: SPDX 2.3, clause 7.7. */
function downloadLocation({ source }) {
    const { repository, commit, ref, directory } = source;
    if (!isPublic(repository))
        return undefined;
    const at = commit ?? ref;
    return `git+${repository}${at ? `@${at}` : ''}${directory ? `#${directory}` : ''}`;
}
function sourcePurl(project) {
    const { repository, commit, ref, directory } = project.source;
    const path = /^https:\/\/github\.com\/([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(repository)?.[1];
    return path
        ? formatPackageUrl({
            type: 'github',
            path,
            version: ref === `refs/tags/${project.version}` ? project.version : (commit ?? project.version),
            subpath: directory,
        })
        : formatPackageUrl({
            type: 'generic',
            path: project.project,
            version: project.version,
            qualifiers: { vcs_url: downloadLocation(project) },
        });
}

;// CONCATENATED MODULE: ./build/source/src/sbom/binary-document.js







/** The SPDX document of one binary: its modules, Go's standard library, and the source it was made from. */
function binaryDocument(binary, name, created) {
    return spdxDocument({
        name,
        created,
        comment: 'Modules are those of the Go build info in the binary. Licenses were not looked for: NOASSERTION says nothing of them.',
        describes: binaryId(binary),
        parts: [binaryComposition(binary, created)],
    });
}
const binaryId = ({ path }) => elementId('Binary', path);
/** A binary's package, those of its modules, and how they relate. */
function binaryComposition(binary, created) {
    const { buildInfo, project } = binary;
    const id = binaryId(binary);
    const source = project
        ? { packages: [sourcePackage(project)], relationships: [relationship(id, 'GENERATED_FROM', sourceId(project))] }
        : { packages: [], relationships: [] };
    const main = buildInfo?.main && modulePackage(buildInfo.main, created, project?.version);
    const dependencies = buildInfo
        ? [standardLibraryPackage(buildInfo), ...buildInfo.dependencies.map((module) => modulePackage(module, created))]
        : [];
    return {
        packages: [
            binaryPackage(binary, main?.versionInfo, created),
            ...source.packages,
            ...(main ? [main] : []),
            ...dependencies,
        ],
        relationships: [
            ...source.relationships,
            ...(main ? [relationship(id, 'CONTAINS', main.SPDXID)] : []),
            ...dependencies.map((each) => relationship(id, 'DEPENDS_ON', each.SPDXID)),
            // Said outright, or an empty list would read as a binary without dependencies.
            ...(main || buildInfo?.dependencies.length ? [] : [relationship(id, 'DEPENDS_ON', 'NOASSERTION')]),
        ],
    };
}
function binaryPackage(binary, mainVersion, created) {
    const { path, sha256, sha512, buildInfo, project } = binary;
    const name = (0,posix_.basename)(path);
    const version = project?.version ?? mainVersion;
    const settings = Object.entries(buildInfo?.settings ?? {}).map(([key, value]) => `${key}=${value}`);
    return spdxPackage({
        SPDXID: binaryId(binary),
        name,
        ...(version ? { versionInfo: version } : {}),
        packageFileName: path,
        ...(project ? projectParties(project) : {}),
        checksums: [
            { algorithm: 'SHA256', checksumValue: sha256 },
            ...(sha512 ? [{ algorithm: 'SHA512', checksumValue: sha512 }] : []),
        ],
        ...(buildInfo ? {} : { comment: 'It has no Go build info: what it is made of is not known' }),
        externalRefs: [purlReference(artifactPurl(name, version, sha256))],
        ...(settings.length > 0
            ? { annotations: [annotation(created, ['Go build settings:', ...settings].join('\n'))] }
            : {}),
        primaryPackagePurpose: 'APPLICATION',
    });
}
/** The package URL of a file, which belongs to no package manager. */
const artifactPurl = (name, version, sha256) => formatPackageUrl({ type: 'generic', path: name, version, qualifiers: { checksum: `sha256:${sha256}` } });

;// CONCATENATED MODULE: ./build/source/src/sbom/build-info.js

/**
 * Parses the text that holds the modules, a line each, fields divided by tabs.
 * @throws UserError when it is malformed
 */
function parseBuildInfo(goVersion, text) {
    let path;
    let main;
    const dependencies = [];
    const settings = [];
    let replaceable;
    for (const line of text.split('\n')) {
        const [kind = '', ...fields] = line.split('\t');
        switch (kind) {
            case 'path':
                path = fields[0] ?? '';
                break;
            case 'mod': {
                const module = parseModule(fields);
                main = module;
                replaceable = (replacement) => {
                    main = { ...module, replacement };
                };
                break;
            }
            case 'dep': {
                const module = parseModule(fields);
                const index = dependencies.push(module) - 1;
                replaceable = (replacement) => {
                    dependencies[index] = { ...module, replacement };
                };
                break;
            }
            case '=>':
                if (!replaceable)
                    throw new errors/* UserError */.yo('its Go build info replaces no module');
                replaceable(parseModule(fields));
                replaceable = undefined;
                break;
            case 'build':
                settings.push(parseSetting(fields.join('\t')));
                break;
            default: // a later Go may add kinds of lines
        }
    }
    return {
        goVersion,
        ...(path ? { path } : {}),
        ...(main ? { main } : {}),
        dependencies,
        settings: Object.fromEntries(settings),
    };
}
function parseModule([path, version, sum]) {
    if (!path)
        throw new errors/* UserError */.yo('its Go build info has a module without a path');
    return { path, ...(version ? { version } : {}), ...(sum ? { sum } : {}) };
}
/** `key=value`, each quoted as a Go string where it has to be. */
function parseSetting(text) {
    const match = /^(?:(?<key>[^"`=][^=]*)|(?<quoted>"(?:[^"\\]|\\.)*"|`[^`]*`))=(?<value>.*)$/s.exec(text);
    const { key, quoted, value = '' } = match?.groups ?? {};
    if (!match)
        throw new errors/* UserError */.yo('its Go build info has a build setting that is not key=value');
    return [key ?? unquote(quoted ?? ''), /^["`]/.test(value) ? unquote(value) : value];
}
const escapes = {
    a: '\x07',
    b: '\b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
    v: '\v',
};
/** An interpreted string literal as `strconv.Quote` writes it, or a raw one. Source: Go specification, "String literals". */
function unquote(literal) {
    const quote = literal[0] ?? '';
    if (literal.length < 2 || !literal.endsWith(quote))
        throw new errors/* UserError */.yo('its Go build info has an open quote');
    const content = literal.slice(1, -1);
    if (quote === '`')
        return content;
    return content.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs, (_, byte, short, long, sign = '') => {
        const code = byte ?? short ?? long;
        if (code === undefined)
            return escapes[sign] ?? sign;
        const point = Number.parseInt(code, 16);
        // A byte above 7F is one that was not UTF-8.
        return (byte !== undefined && point > 0x7f) || point > 0x10ffff ? '\uFFFD' : String.fromCodePoint(point);
    });
}

;// CONCATENATED MODULE: ./build/source/src/sbom/byte-source.js


/** More than any table or string of a real executable; keeps a forged length from taking the memory. */
const largestRead = 1 << 26;
/**
 * Opens a file for the time of `body`.
 * @throws UserError when there is no such file, or it is none
 */
async function withFile(path, body) {
    const file = await (0,promises_.open)(path).catch((error) => {
        if (error.code === 'ENOENT')
            throw new errors/* UserError */.yo(`File not found: ${path}`, { hint: 'Check the path.' });
        throw new errors/* UserError */.yo(`Cannot read ${path}: ${(0,errors/* describeError */.Uc)(error)}`);
    });
    try {
        const state = await file.stat();
        if (!state.isFile())
            throw new errors/* UserError */.yo(`${path} is not a file`);
        return await body({
            size: state.size,
            async read(offset, length) {
                requireInside(offset, length, state.size);
                const bytes = Buffer.alloc(length);
                const { bytesRead } = await file.read(bytes, 0, length, offset);
                if (bytesRead !== length)
                    throw new errors/* UserError */.yo('the file was cut off while it was read');
                return bytes;
            },
        });
    }
    finally {
        await file.close();
    }
}
/** @throws UserError when the part is not wholly inside */
function partOf(source, start, size) {
    if (!(start >= 0 && size >= 0 && start + size <= source.size))
        throw new errors/* UserError */.yo('a part lies outside of the file');
    return {
        size,
        read: async (offset, length) => {
            requireInside(offset, length, size);
            return source.read(start + offset, length);
        },
    };
}
function requireInside(offset, length, size) {
    const inside = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
    if (!inside || offset + length > size)
        throw new errors/* UserError */.yo('a header points outside of the file');
    if (length > largestRead)
        throw new errors/* UserError */.yo('a header names an impossible length');
}
/** @throws UserError from its methods, when a number lies outside of the bytes */
function numbersIn(bytes, order) {
    const at = (position, width) => {
        if (position + width > bytes.length)
            throw new errors/* UserError */.yo('a header is cut off');
        return position;
    };
    return order === 'little'
        ? {
            u16: (position) => bytes.readUInt16LE(at(position, 2)),
            u32: (position) => bytes.readUInt32LE(at(position, 4)),
            u64: (position) => Number(bytes.readBigUInt64LE(at(position, 8))),
        }
        : {
            u16: (position) => bytes.readUInt16BE(at(position, 2)),
            u32: (position) => bytes.readUInt32BE(at(position, 4)),
            u64: (position) => Number(bytes.readBigUInt64BE(at(position, 8))),
        };
}
/** Text up to the first zero byte. */
function terminatedText(bytes) {
    const end = bytes.indexOf(0);
    return bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
}

;// CONCATENATED MODULE: ./build/source/src/sbom/region.js
/** Those that have bytes in the file, cut at its end (a separate debug file keeps headers of what it left out). */
function fileRegions(source, loaded) {
    return loaded
        .filter(({ offset, size }) => size > 0 && offset < source.size)
        .sort((left, right) => Number(right.writable) - Number(left.writable))
        .map(({ address, offset, size }) => ({ address, offset, size: Math.min(size, source.size - offset) }));
}

;// CONCATENATED MODULE: ./build/source/src/sbom/elf.js



const loadSegment = 1;
const writableSegment = 2;
const sectionWithoutBytes = 8;
const nameIndexElsewhere = 0xffff;
/**
 * Reads the program and section headers of an ELF file. Source: System V ABI, chapters 4 and 5.
 * @throws UserError when they are malformed
 */
async function readElf(source) {
    const identification = await source.read(0, 16);
    const wide = identification[4] === 2;
    const order = identification[5] === 2 ? 'big' : 'little';
    if (identification[4] !== 1 && !wide)
        throw new errors/* UserError */.yo('its ELF class is neither 32 nor 64 bit');
    const header = numbersIn(await source.read(0, wide ? 64 : 52), order);
    const [programs, sections] = wide
        ? [
            { offset: header.u64(32), entrySize: header.u16(54), count: header.u16(56) },
            { offset: header.u64(40), entrySize: header.u16(58), count: header.u16(60) },
        ]
        : [
            { offset: header.u32(28), entrySize: header.u16(42), count: header.u16(44) },
            { offset: header.u32(32), entrySize: header.u16(46), count: header.u16(48) },
        ];
    const read = { source, wide, order };
    const loaded = (await readTable(read, programs, wide ? 56 : 32)).flatMap((entry) => loadedSegment(entry, wide));
    return {
        source,
        buildInfo: await namedSection(read, sections, header.u16(wide ? 62 : 50), '.go.buildinfo'),
        regions: fileRegions(source, loaded),
    };
}
async function readTable({ source, order }, table, smallestEntry) {
    if (table.offset === 0 || table.count === 0)
        return [];
    if (table.entrySize < smallestEntry)
        throw new errors/* UserError */.yo('an ELF header table has entries that are too small');
    const bytes = await source.read(table.offset, table.entrySize * table.count);
    return Array.from({ length: table.count }, (_, index) => numbersIn(bytes.subarray(index * table.entrySize, (index + 1) * table.entrySize), order));
}
function loadedSegment(entry, wide) {
    if (entry.u32(0) !== loadSegment)
        return [];
    return wide
        ? [{ offset: entry.u64(8), address: entry.u64(16), size: entry.u64(32), writable: isWritable(entry.u32(4)) }]
        : [{ offset: entry.u32(4), address: entry.u32(8), size: entry.u32(16), writable: isWritable(entry.u32(24)) }];
}
const isWritable = (flags) => (flags & writableSegment) !== 0;
async function namedSection(read, table, nameIndex, name) {
    if (table.offset === 0)
        return undefined;
    const smallest = read.wide ? 64 : 40;
    // With 65280 sections or more, count and index of the names stand in the first section.
    const [first] = await readTable(read, { ...table, count: 1 }, smallest);
    if (!first)
        return undefined;
    const count = table.count === 0 ? regionOf(first, read.wide).size : table.count;
    const index = nameIndex === nameIndexElsewhere ? first.u32(read.wide ? 40 : 24) : nameIndex;
    const entries = await readTable(read, { ...table, count }, smallest);
    const namesEntry = entries[index];
    if (index === 0 || namesEntry === undefined)
        return undefined;
    const { offset, size } = regionOf(namesEntry, read.wide);
    const names = await read.source.read(offset, size);
    const found = entries.find((entry) => entry.u32(4) !== sectionWithoutBytes && terminatedText(names.subarray(entry.u32(0))) === name);
    return found && regionOf(found, read.wide);
}
const regionOf = (section, wide) => wide
    ? { address: section.u64(16), offset: section.u64(24), size: section.u64(32) }
    : { address: section.u32(12), offset: section.u32(16), size: section.u32(20) };

;// CONCATENATED MODULE: ./build/source/src/sbom/mach-o.js



const segmentCommand = 0x1;
const segmentCommand64 = 0x19;
const writable = 2;
const zeroFill = 1;
/** A Java class file begins with the same bytes, followed by its version, which is 45 or more. */
const mostSlices = 42;
/**
 * Reads the segments and sections of a Mach-O file. Source: <mach-o/loader.h>.
 * @throws UserError when its load commands are malformed
 */
async function readMachO(source) {
    const start = await source.read(0, 28);
    const order = start[0] === 0xfe ? 'big' : 'little';
    const header = numbersIn(start, order);
    const wide = (header.u32(0) & 1) === 1;
    const bytes = await source.read(wide ? 32 : 28, header.u32(20));
    const segments = [];
    let buildInfo;
    let at = 0;
    for (let index = 0; index < header.u32(16); index++) {
        const command = numbersIn(bytes.subarray(at), order);
        const size = command.u32(4);
        if (size < 8)
            throw new errors/* UserError */.yo('a Mach-O load command is too small');
        const body = bytes.subarray(at, at + size);
        if ([segmentCommand, segmentCommand64].includes(command.u32(0))) {
            const fields = numbersIn(body, order);
            segments.push(wide
                ? {
                    address: fields.u64(24),
                    offset: fields.u64(40),
                    size: fields.u64(48),
                    writable: mach_o_isWritable(fields.u32(60)),
                }
                : {
                    address: fields.u32(24),
                    offset: fields.u32(32),
                    size: fields.u32(36),
                    writable: mach_o_isWritable(fields.u32(44)),
                });
            buildInfo ??= sectionNamed('__go_buildinfo', body, wide, order);
        }
        at += size;
    }
    return { source, buildInfo, regions: fileRegions(source, segments) };
}
const mach_o_isWritable = (protection) => (protection & writable) !== 0;
function sectionNamed(name, segment, wide, order) {
    const [start, width, countAt] = wide ? [72, 80, 64] : [56, 68, 48];
    const count = numbersIn(segment, order).u32(countAt);
    for (let index = 0; index < count; index++) {
        const bytes = segment.subarray(start + index * width, start + (index + 1) * width);
        const section = numbersIn(bytes, order);
        const flags = section.u32(wide ? 64 : 56);
        if (terminatedText(bytes.subarray(0, 16)) !== name || (flags & 0xff) === zeroFill)
            continue;
        return wide
            ? { address: section.u64(32), size: section.u64(40), offset: section.u32(48) }
            : { address: section.u32(32), size: section.u32(36), offset: section.u32(40) };
    }
    return undefined;
}
/**
 * The slices of a universal Mach-O file; none when the file is something else. Source: <mach-o/fat.h>.
 * @throws UserError when the header is cut off
 */
async function fatSlices(source) {
    const header = numbersIn(await source.read(0, 8), 'big');
    const wide = header.u32(0) === 0xcafebabf;
    const count = header.u32(4);
    if (count > mostSlices)
        return [];
    const width = wide ? 32 : 20;
    const slices = numbersIn(await source.read(8, count * width), 'big');
    return Array.from({ length: count }, (_, index) => {
        const at = index * width + 8;
        return wide
            ? { offset: slices.u64(at), size: slices.u64(at + 8) }
            : { offset: slices.u32(at), size: slices.u32(at + 4) };
    });
}

;// CONCATENATED MODULE: ./build/source/src/sbom/portable-executable.js


const dosHeaderSize = 64;
const coffHeaderSize = 24;
const sectionSize = 40;
const widePe = 0x20b;
const portable_executable_writable = 0x80000000;
/**
 * Reads the sections of a Windows executable; undefined when the file only begins like one. Go's linker makes no section
 * for build info here. Source: Microsoft, "PE Format".
 * @throws UserError when its headers are malformed
 */
async function readPortableExecutable(source) {
    if (source.size < dosHeaderSize)
        return undefined;
    const start = numbersIn(await source.read(0, dosHeaderSize), 'little').u32(60);
    if (start + coffHeaderSize > source.size)
        return undefined;
    const signed = await source.read(start, coffHeaderSize);
    if (signed.toString('latin1', 0, 4) !== 'PE\0\0')
        return undefined;
    const header = numbersIn(signed, 'little');
    const optionalSize = header.u16(20);
    const optional = numbersIn(await source.read(start + coffHeaderSize, optionalSize), 'little');
    const imageBase = optionalSize === 0 ? 0 : optional.u16(0) === widePe ? optional.u64(24) : optional.u32(28);
    const count = header.u16(6);
    const table = numbersIn(await source.read(start + coffHeaderSize + optionalSize, count * sectionSize), 'little');
    const sections = Array.from({ length: count }, (_, index) => {
        const at = index * sectionSize;
        return {
            address: imageBase + table.u32(at + 12),
            size: table.u32(at + 16),
            offset: table.u32(at + 20),
            writable: (table.u32(at + 36) & portable_executable_writable) !== 0,
        };
    });
    return { source, buildInfo: undefined, regions: fileRegions(source, sections) };
}

;// CONCATENATED MODULE: ./build/source/src/sbom/executable.js




/** The format that the first four bytes claim; undefined when they are of no executable. */
function executableFormat(start) {
    const magic = Buffer.from(start.subarray(0, 4)).toString('hex');
    if (magic === '7f454c46')
        return 'elf';
    if (['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe'].includes(magic))
        return 'mach-o';
    if (['cafebabe', 'cafebabf'].includes(magic))
        return 'fat mach-o';
    return magic.startsWith('4d5a') ? 'portable executable' : undefined;
}
/**
 * Reads the headers of an executable: one for each slice of a universal Mach-O file, none for any other file.
 * @throws UserError when they are malformed
 */
async function readExecutables(source) {
    if (source.size < 4)
        return [];
    switch (executableFormat(await source.read(0, 4))) {
        case 'elf':
            return [await readElf(source)];
        case 'mach-o':
            return [await readMachO(source)];
        case 'fat mach-o': {
            const executables = [];
            for (const { offset, size } of await fatSlices(source)) {
                const slice = partOf(source, offset, size);
                if (size >= 4 && executableFormat(await slice.read(0, 4)) === 'mach-o')
                    executables.push(await readMachO(slice));
            }
            return executables;
        }
        case 'portable executable': {
            const executable = await readPortableExecutable(source);
            return executable ? [executable] : [];
        }
        case undefined:
            return [];
    }
}

;// CONCATENATED MODULE: ./build/source/src/sbom/go-binary.js




const magic = Buffer.from('\xff Go buildinf:', 'latin1');
const headerSize = 32;
/** The linker aligns the header, so that it never lies across two chunks. */
const alignment = 16;
const chunkSize = 1 << 20;
/** A file can be made of nothing but magics; a real one has a handful (this program's like, which hold it as a string). */
const mostCandidates = 64;
const inlineStrings = 2;
const bigEndian = 1;
/** Before and after the text about modules, so that tools can find it in a running process. */
const sentinelSize = 16;
const longestVarint = 10;
/**
 * The build info of a Go binary at a path; undefined when the file is none. Only headers and the build info are read.
 * @throws UserError when there is no such file, or `findBuildInfo` does
 */
function readBuildInfo(path) {
    return withFile(path, async (source) => {
        try {
            return await findBuildInfo(source);
        }
        catch (error) {
            if (!(error instanceof errors/* UserError */.yo))
                throw error;
            throw new errors/* UserError */.yo(`Cannot read the Go build info of ${path}: ${(0,errors/* describeError */.Uc)(error)}`, { cause: error });
        }
    });
}
/**
 * The build info of a Go binary (ELF, Mach-O, universal Mach-O, PE); undefined for any other file. The slices of a
 * universal binary are read together: their modules are united, the settings are of the first.
 * @throws UserError when the file is an executable with malformed headers, or Go's with malformed build info
 */
async function findBuildInfo(source) {
    const found = [];
    for (const executable of await readExecutables(source)) {
        const info = executable.buildInfo ? await readSection(executable, executable.buildInfo) : await scan(executable);
        if (info)
            found.push(info);
    }
    return found.reduce((first, next) => (first ? unite(first, next) : next), undefined);
}
function unite(first, next) {
    const known = new Set(first.dependencies.map((module) => JSON.stringify(module)));
    const added = next.dependencies.filter((module) => !known.has(JSON.stringify(module)));
    return { ...first, dependencies: [...first.dependencies, ...added] };
}
async function readSection(executable, section) {
    for await (const at of candidates(executable.source, section)) {
        const info = await decode(executable, section, at);
        if (info)
            return info;
    }
    throw new errors/* UserError */.yo('its Go build info is malformed', {
        hint: 'The file is damaged, or a position-independent binary of Go before 1.18; build it again.',
    });
}
async function scan(executable) {
    let scanned = 0;
    for (const region of executable.regions) {
        scanned += region.size;
        if (scanned > 2 * executable.source.size)
            throw new errors/* UserError */.yo('its segments overlap');
        for await (const at of candidates(executable.source, region)) {
            const info = await decode(executable, region, at);
            if (info)
                return info;
        }
    }
    return undefined;
}
/** Offsets in a region at which build info may begin. */
async function* candidates(source, region) {
    let tried = 0;
    const first = (alignment - (region.address % alignment)) % alignment;
    for (let start = first; start + headerSize <= region.size; start += chunkSize) {
        const chunk = await source.read(region.offset + start, Math.min(chunkSize, region.size - start));
        for (let at = chunk.indexOf(magic); at >= 0; at = chunk.indexOf(magic, at + 1)) {
            if (at % alignment !== 0 || start + at + headerSize > region.size)
                continue;
            if (++tried > mostCandidates)
                throw new errors/* UserError */.yo('it has too many marks of Go build info');
            yield start + at;
        }
    }
}
/** Undefined when what follows the magic is no build info. @throws UserError when only its modules are malformed */
async function decode(executable, region, at) {
    const header = await executable.source.read(region.offset + at, headerSize);
    const strings = ((header[15] ?? 0) & inlineStrings) !== 0
        ? await inlineText(executable.source, region, at + headerSize)
        : await pointedText(executable, header);
    const goVersion = strings?.[0].toString('utf8') ?? '';
    if (!strings || !/^(go[0-9]|devel )/.test(goVersion))
        return undefined;
    return parseBuildInfo(goVersion, withoutSentinels(strings[1]).toString('utf8'));
}
/** Go 1.18 and later: both strings follow the header, each after its length as a varint. */
async function inlineText(source, region, start) {
    const version = await lengthPrefixed(source, region, start);
    const modules = version && (await lengthPrefixed(source, region, version.end));
    return modules && [version.bytes, modules.bytes];
}
async function lengthPrefixed(source, region, at) {
    if (at >= region.size)
        return undefined;
    const prefix = await source.read(region.offset + at, Math.min(longestVarint, region.size - at));
    let length = 0;
    for (let index = 0; index < prefix.length; index++) {
        const byte = prefix[index] ?? 0;
        length += (byte & 0x7f) * 2 ** (7 * index);
        if (byte >= 0x80)
            continue;
        const start = at + index + 1;
        if (start + length > region.size)
            return undefined;
        return { bytes: await source.read(region.offset + start, length), end: start + length };
    }
    return undefined;
}
/** Before Go 1.18: the header points to the two string headers, each an address and a length. */
async function pointedText(executable, header) {
    const width = header[14];
    if (width !== 4 && width !== 8)
        return undefined;
    const word = (bytes, index) => {
        const digits = bytes.subarray(index * width, (index + 1) * width);
        const ordered = ((header[15] ?? 0) & bigEndian) !== 0 ? digits : Buffer.from(digits).reverse();
        return Number(BigInt(`0x${ordered.toString('hex')}`));
    };
    const stringAt = async (address) => {
        const pair = await readAddress(executable, address, 2 * width);
        return pair && readAddress(executable, word(pair, 0), word(pair, 1));
    };
    const pointers = header.subarray(16);
    const version = await stringAt(word(pointers, 0));
    // Without modules the second pointer is zero.
    return version && [version, (await stringAt(word(pointers, 1))) ?? Buffer.alloc(0)];
}
async function readAddress(executable, address, length) {
    const region = executable.regions.find((each) => address >= each.address && address + length <= each.address + each.size);
    return region && executable.source.read(region.offset + address - region.address, length);
}
function withoutSentinels(modules) {
    const framed = modules.length > 2 * sentinelSize && modules[modules.length - sentinelSize - 1] === 0x0a;
    return framed ? modules.subarray(sentinelSize, -sentinelSize) : Buffer.alloc(0);
}

// EXTERNAL MODULE: ./build/source/src/oci/index.js + 4 modules
var oci = __webpack_require__(3811);
;// CONCATENATED MODULE: ./build/source/src/sbom/name.js

const documentSuffix = '.spdx.json';
const mediaType = 'application/spdx+json';
/** `hello-linux-amd64.spdx.json`. */
const binaryDocumentName = (file) => `${file}${documentSuffix}`;
/** `hello-linux-amd64.image.spdx.json`; a slash of the repository becomes a hyphen. */
const imageDocumentName = (image, platform) => `${image.replaceAll('/', '-')}-${(0,oci/* platformSuffix */.J7)(platform)}.image${documentSuffix}`;
/** `hello-v1.2.3.spdx.json`. */
const releaseDocumentName = ({ project, version }) => `${project}-${version}${documentSuffix}`;

;// CONCATENATED MODULE: ./build/source/src/sbom/image-document.js







/** The SPDX document of one platform of an image: its layers, the Go binaries in them, and their modules. */
function imageDocument(image, project, name) {
    const created = project.source.commitTime;
    return spdxDocument({
        name,
        created,
        comment: 'Lists the Go binaries in the layers, and their modules by Go build info; packages of an operating system are not listed. ' +
            'Licenses were not looked for: NOASSERTION says nothing of them.',
        describes: imageId(image.digest),
        parts: [
            imageComposition(image, project),
            ...(image.base ? [baseComposition(imageId(image.digest), image.base)] : []),
            ...image.layers.map((layer) => layerComposition(imageId(image.digest), layer, created)),
        ],
    });
}
const indexId = (digest) => elementId('Index', (0,oci/* hexOf */.ZD)(digest));
const imageId = (digest) => elementId('Image', (0,oci/* hexOf */.ZD)(digest));
/** A platform's image, the index it belongs to, and how they relate. */
function imageComposition(image, project) {
    const id = imageId(image.digest);
    const about = {
        versionInfo: project.version,
        ...projectParties(project),
        primaryPackagePurpose: 'CONTAINER',
    };
    const { architecture } = image.platform;
    return {
        packages: [
            imagePackage({ SPDXID: indexId(image.index), name: image.image, ...about, comment: 'Multi-platform index' }, image.index),
            imagePackage({ SPDXID: id, name: image.image, ...about, comment: `Image for ${(0,oci/* formatPlatform */.Bq)(image.platform)}` }, image.digest, architecture),
        ],
        relationships: [
            relationship(indexId(image.index), 'CONTAINS', id),
            relationship(id, 'VARIANT_OF', indexId(image.index)),
        ],
    };
}
function baseComposition(image, base) {
    const id = imageId(base.digest);
    return {
        packages: [
            imagePackage({ SPDXID: id, name: base.name ?? base.digest, comment: 'Base image', primaryPackagePurpose: 'CONTAINER' }, base.digest),
        ],
        relationships: [relationship(image, 'DESCENDANT_OF', id)],
    };
}
function layerComposition(image, layer, created) {
    const id = elementId('Layer', (0,oci/* hexOf */.ZD)(layer.digest));
    const parts = layer.binaries.map((binary) => binaryComposition(binary, created));
    const annotations = layer.unreadable.map(({ path, reason }) => annotation(created, `Executable that could not be read for Go build info: ${path}: ${reason}`));
    return {
        packages: [
            spdxPackage({
                SPDXID: id,
                name: layer.digest,
                checksums: checksumsOf(layer.digest),
                comment: `Layer of media type ${layer.mediaType}`,
                ...(annotations.length > 0 ? { annotations } : {}),
                primaryPackagePurpose: 'ARCHIVE',
            }),
            ...parts.flatMap((part) => part.packages),
        ],
        relationships: [
            relationship(image, 'CONTAINS', id),
            ...layer.binaries.map((binary) => relationship(id, 'CONTAINS', binaryId(binary))),
            ...parts.flatMap((part) => part.relationships),
        ],
    };
}
function imagePackage(members, digest, architecture) {
    // A reference of a base image may have a registry and a tag, neither of which is of its name.
    const path = members.name === digest ? undefined : members.name.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
    const purl = path &&
        formatPackageUrl({
            type: 'oci',
            path: path.slice(path.lastIndexOf('/') + 1),
            version: digest,
            qualifiers: { arch: architecture, repository_url: /^[^/]*[.:][^/]*\//.test(path) ? path : undefined },
        });
    return spdxPackage({
        ...members,
        checksums: checksumsOf(digest),
        ...(purl ? { externalRefs: [purlReference(purl)] } : {}),
    });
}
const checksumsOf = (digest) => [{ algorithm: 'SHA256', checksumValue: (0,oci/* hexOf */.ZD)(digest) }];

;// CONCATENATED MODULE: ./build/source/src/sbom/release-document.js








/** The SPDX document of a whole release: every file and image by digest, and the documents that tell more of each. */
function releaseDocument(record, documents, name) {
    const release = elementId('Release', record.project);
    const root = {
        packages: [
            spdxPackage({
                SPDXID: release,
                name: record.project,
                versionInfo: record.version,
                ...projectParties(record),
                comment: 'Everything that was released',
            }),
            sourcePackage(record),
        ],
        relationships: [relationship(release, 'GENERATED_FROM', sourceId(record))],
    };
    const described = (element, subject) => documents
        .filter((document) => document.subject === subject)
        .map((document) => relationship(element, 'DESCRIBED_BY', `${referenceId(document)}:SPDXRef-DOCUMENT`));
    return spdxDocument({
        name,
        created: record.source.commitTime,
        comment: 'Lists what was released; the documents it refers to list what that is made of. ' +
            'Licenses were not looked for: NOASSERTION says nothing of them.',
        describes: release,
        parts: [
            root,
            ...describedFiles(record).map((file) => fileComposition(file, release, record, described)),
            ...(0,src_release/* imageSubjects */.vq)(record).map((image) => imagesComposition(image, release, record, described)),
        ],
        externalDocuments: documents.map(externalDocument),
    });
}
// Sums and SBOMs hold digests of the rest, and this document's own would be among them.
const describedFiles = (record) => (0,src_release/* fileSubjects */.QC)(record).filter(({ role }) => role !== 'checksums' && role !== 'sbom');
const purposes = {
    binary: 'APPLICATION',
    archive: 'ARCHIVE',
    package: 'INSTALL',
    chart: 'INSTALL',
    checksums: 'FILE',
    sbom: 'FILE',
    other: 'FILE',
};
// A package, not a file of SPDX: that one must have a SHA-1 (clause 8.4), which nothing should rely on.
function fileComposition(file, release, record, described) {
    const { name, role, sha256, sha512 } = file;
    const id = elementId('Artifact', name);
    return {
        packages: [
            spdxPackage({
                SPDXID: id,
                name,
                versionInfo: record.version,
                packageFileName: name,
                ...projectParties(record),
                checksums: [
                    { algorithm: 'SHA256', checksumValue: sha256 },
                    { algorithm: 'SHA512', checksumValue: sha512 },
                ],
                externalRefs: [purlReference(artifactPurl(name, record.version, sha256))],
                primaryPackagePurpose: purposes[role],
            }),
        ],
        relationships: [
            relationship(release, 'CONTAINS', id),
            relationship(id, 'GENERATED_FROM', sourceId(record)),
            ...described(id, sha256),
        ],
    };
}
function imagesComposition(image, release, record, described) {
    const platforms = image.manifests.map(({ platform, digest }) => imageComposition({ image: image.name, index: image.digest, digest, platform }, record));
    return {
        packages: platforms.flatMap((platform) => platform.packages),
        relationships: [
            relationship(release, 'CONTAINS', indexId(image.digest)),
            relationship(indexId(image.digest), 'GENERATED_FROM', sourceId(record)),
            ...platforms.flatMap((platform) => platform.relationships),
            ...image.manifests.flatMap(({ digest }) => described(imageId(digest), (0,oci/* hexOf */.ZD)(digest))),
        ],
    };
}
const referenceId = ({ name }) => `DocumentRef-${identifier(name)}`;
// Clause 6.6 takes any checksum of clause 8.4; SHA-256 is what the record has.
const externalDocument = (document) => ({
    externalDocumentId: referenceId(document),
    spdxDocument: document.namespace,
    checksum: { algorithm: 'SHA256', checksumValue: document.sha256 },
});

;// CONCATENATED MODULE: ./build/source/src/sbom/visible.js
/** The binaries of each layer that the image shows: a later layer may replace or remove those of an earlier one. */
function visibleBinaries(layers) {
    return layers.map((layer, index) => {
        const later = layers.slice(index + 1);
        return layer.binaries.filter(({ path }) => !later.some((each) => hides(each, path)));
    });
}
function hides(layer, path) {
    const directories = path.split('/').slice(0, -1);
    const ancestors = ['', ...directories.map((_, index) => directories.slice(0, index + 1).join('/'))];
    return (ancestors.some((each) => layer.opaque.has(each)) ||
        [...ancestors, path].some((each) => layer.removed.has(each) || layer.paths.has(each)));
}

;// CONCATENATED MODULE: ./build/source/src/sbom/plan.js









/**
 * The SBOMs of a release: one of each binary, one of each platform of each image, one of the whole.
 * @throws UserError when two would have the same name, or one that of another subject
 */
function planSboms(record, { binaries, platforms, documents }) {
    const plan = (name, describes, document) => plannedDocument(name, describes, document, documents.get(name));
    const isOwn = ownership(record, binaries);
    const subjectDocuments = [
        ...binaries.map(({ subject, buildInfo }) => {
            const { name, sha256, sha512 } = subject;
            const binary = { path: name, sha256, sha512, ...(buildInfo ? { buildInfo } : {}), project: record };
            const document = binaryDocument(binary, stem(binaryDocumentName(name)), record.source.commitTime);
            return { subject: sha256, ...plan(binaryDocumentName(name), name, document) };
        }),
        ...platforms.map((platform) => {
            const { image, manifest } = platform;
            const name = imageDocumentName(image.name, manifest.platform);
            const describes = `image ${image.name} ${(0,oci/* formatPlatform */.Bq)(manifest.platform)}`;
            return {
                subject: (0,oci/* hexOf */.ZD)(manifest.digest),
                ...plan(name, describes, platformDocument(platform, record, isOwn, name)),
            };
        }),
    ];
    const references = subjectDocuments.map(({ subject, name, namespace, digest }) => ({
        subject,
        name: stem(name),
        namespace,
        sha256: (0,oci/* hexOf */.ZD)(digest),
    }));
    const wholeName = releaseDocumentName(record);
    const whole = plan(wholeName, `release ${record.version}`, releaseDocument(record, references, stem(wholeName)));
    const planned = [...subjectDocuments, whole].sort((left, right) => (left.name < right.name ? -1 : 1));
    requireFreeNames(planned, record);
    return { documents: planned, subjects: planned.map(documentSubject) };
}
/** A document as it would be written, compared with what is there. @param existing hexadecimal SHA-256 */
function plannedDocument(name, describes, document, existing) {
    const text = serializeDocument(document);
    const sha256 = (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');
    return {
        name,
        describes,
        packages: document.packages.length,
        namespace: document.documentNamespace,
        digest: (0,oci/* digestFromHex */.Ch)(sha256),
        text,
        state: existing === undefined ? 'new' : existing === sha256 ? 'unchanged' : 'changed',
    };
}
const stem = (name) => name.slice(0, -documentSuffix.length);
/** Whether a binary in an image was made by this build, so that the release's version and source are its own. */
function ownership(record, binaries) {
    const digests = new Set(binaries.map(({ subject }) => subject.sha256));
    const modules = new Set(binaries.flatMap(({ buildInfo }) => buildInfo?.main?.path ?? []));
    return ({ sha256, buildInfo }) => {
        const revision = buildInfo.settings['vcs.revision'];
        return (digests.has(sha256) ||
            (buildInfo.main !== undefined && modules.has(buildInfo.main.path)) ||
            (revision !== undefined && revision === record.source.commit));
    };
}
function platformDocument({ image, manifest, base, layers }, record, isOwn, name) {
    const visible = visibleBinaries(layers.map(({ content }) => content));
    const described = layers.map(({ descriptor, content }, index) => ({
        digest: descriptor.digest,
        mediaType: descriptor.mediaType,
        binaries: (visible[index] ?? []).map((binary) => ({ ...binary, ...(isOwn(binary) ? { project: record } : {}) })),
        unreadable: content.unreadable,
    }));
    const { platform, digest } = manifest;
    return imageDocument({ image: image.name, index: image.digest, digest, platform, layers: described, ...(base ? { base } : {}) }, record, stem(name));
}
function requireFreeNames(documents, record) {
    const taken = new Set(record.subjects.filter(({ kind }) => kind === 'file').flatMap(takenName));
    for (const { name, describes } of documents) {
        if (taken.has(name)) {
            throw new errors/* UserError */.yo(`The SBOM of ${describes} would be called ${name}, as something else of the release is`, {
                hint: 'Rename the binary, image or file in the build.',
            });
        }
        taken.add(name);
    }
}
const takenName = (subject) => subject.kind === 'file' && subject.role !== 'sbom' ? [subject.name] : [];
function documentSubject({ name, text, digest }) {
    return {
        kind: 'file',
        name,
        path: `files/${name}`,
        role: 'sbom',
        mediaType: mediaType,
        size: Buffer.byteLength(text),
        sha256: (0,oci/* hexOf */.ZD)(digest),
        sha512: (0,external_node_crypto_.createHash)('sha512').update(text).digest('hex'),
    };
}

;// CONCATENATED MODULE: ./build/source/src/sbom/files.js











/**
 * The SPDX documents of Go binaries that belong to no release; the name of each is its whole path, beside the binary.
 * @throws UserError that names every file that is not a Go binary
 */
async function planFiles(paths, step) {
    const failures = [];
    const planned = await (0,runner/* mapConcurrently */.X2)(paths, (0,external_node_os_.availableParallelism)(), async (path) => {
        try {
            return [await planFile(path, step)];
        }
        catch (error) {
            if (!(error instanceof errors/* UserError */.yo))
                throw error;
            failures.push(error);
            return [];
        }
    });
    if (failures.length === 1 && failures[0])
        throw failures[0];
    if (failures.length > 1)
        throw new errors/* FailedItems */.uE('Files that cannot be described', failures);
    return planned.flat();
}
async function planFile(path, step) {
    const buildInfo = await readBuildInfo(path);
    if (!buildInfo) {
        throw new errors/* UserError */.yo(`${path} is not a Go binary`, { hint: 'Name executables that Go 1.13 or later has built.' });
    }
    const { sha256, sha512 } = await (0,src_release/* hashFile */.DC)(path, step.signal);
    const name = (0,external_node_path_.basename)(path);
    const document = binaryDocument({ path: name, sha256, sha512, buildInfo }, name, creationTime(buildInfo, step));
    const target = binaryDocumentName(path);
    return plannedDocument(target, name, document, await digestOf(target));
}
/** The same binary has the same document whenever it is made: `SOURCE_DATE_EPOCH`, else the commit's time, else 1970. */
function creationTime({ settings }, { environment }) {
    const epoch = environment.SOURCE_DATE_EPOCH ?? '';
    const commitTime = settings['vcs.time'] ?? '';
    if (/^[0-9]{1,10}$/.test(epoch))
        return wholeSeconds(new Date(Number(epoch) * 1000));
    return wholeSeconds(new Date(Number.isNaN(Date.parse(commitTime)) ? 0 : Date.parse(commitTime)));
}
const wholeSeconds = (time) => time.toISOString().replace(/\.[0-9]+Z$/, 'Z');
async function digestOf(path) {
    const bytes = await (0,promises_.readFile)(path).catch((error) => {
        if (error.code === 'ENOENT')
            return undefined;
        throw new errors/* UserError */.yo(`Cannot read ${path}: ${(0,errors/* describeError */.Uc)(error)}`);
    });
    return bytes && (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex');
}

// EXTERNAL MODULE: ./build/source/src/registry/index.js + 25 modules
var registry = __webpack_require__(51408);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(78474);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./build/source/src/sbom/layer.js











const magicSize = 4;
/**
 * Reads a layer's tar as a stream; only executables touch the disk, one at a time, because their headers point back and forth.
 * @param temporary folder for them
 * @throws UserError when it is no (compressed) tar, or when the stream fails
 */
async function readLayer(blob, mediaType, known, temporary) {
    const decompress = decompressor(mediaType);
    const entries = (await __webpack_require__.e(/* import() */ 6118).then(__webpack_require__.t.bind(__webpack_require__, 56118, 19))).extract();
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(temporary, 'layer-'));
    const stop = new AbortController();
    const feeding = (0,external_node_stream_promises_.pipeline)(blob, decompress, (content) => feed(content, entries, stop.signal), {
        signal: stop.signal,
    }).catch((error) => entries.destroy(error));
    try {
        const content = await readEntries(entries, (0,external_node_path_.join)(folder, 'executable'), known);
        await feeding;
        return content;
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo)
            throw error;
        throw new errors/* UserError */.yo(`a layer is no tar archive of the type ${mediaType}: ${(0,errors/* describeError */.Uc)(error)}`, { cause: error });
    }
    finally {
        stop.abort();
        await feeding;
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
function decompressor(mediaType) {
    if (/[+.]gzip$/.test(mediaType))
        return (0,external_node_zlib_.createGunzip)({ chunkSize: 1 << 18 });
    if (/\+zstd$/.test(mediaType))
        return (0,external_node_zlib_.createZstdDecompress)({ chunkSize: 1 << 18 });
    if (/\.tar$/.test(mediaType))
        return new external_node_stream_.PassThrough();
    throw new errors/* UserError */.yo(`a layer has the unknown media type ${mediaType}`);
}
// tar-stream's streams are not Node's own, so that `pipeline` cannot end with one.
async function feed(content, entries, signal) {
    for await (const chunk of content)
        if (!entries.write(chunk))
            await (0,external_node_events_.once)(entries, 'drain', { signal });
    entries.end(null);
}
async function readEntries(entries, spool, known) {
    const content = {
        paths: new Set(),
        binaries: [],
        unreadable: [],
        removed: new Set(),
        opaque: new Set(),
    };
    for await (const entry of entries) {
        const path = normalizedPath(entry.header.name);
        const [, directory = '', name = ''] = /^(?:(.*)\/)?([^/]*)$/.exec(path) ?? [];
        if (name === '.wh..wh..opq')
            content.opaque.add(directory);
        else if (name.startsWith('.wh.'))
            content.removed.add((0,external_node_path_.join)(directory, name.slice('.wh.'.length)));
        else if (entry.header.type !== 'directory')
            content.paths.add(path);
        if (entry.header.type === 'link') {
            const target = content.binaries.find((binary) => binary.path === normalizedPath(entry.header.linkname ?? ''));
            if (target)
                content.binaries.push({ ...target, path });
        }
        try {
            const binary = await readBinary(entry, spool, known);
            if (binary)
                content.binaries.push({ path, ...binary });
        }
        catch (error) {
            if (!(error instanceof errors/* UserError */.yo))
                throw error;
            content.unreadable.push({ path, reason: error.message });
        }
    }
    return content;
}
const normalizedPath = (name) => name
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/');
/** Undefined when the file is not a Go binary. @throws UserError when it is malformed */
async function readBinary(content, spool, known) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let start = Buffer.alloc(0);
    let file;
    try {
        // The entry is read to its end whatever it is: tar-stream takes one that is left early for a failure.
        for await (const chunk of content) {
            if (!(chunk instanceof Uint8Array))
                throw new TypeError('a tar entry is not made of bytes');
            if (start && !file) {
                start = Buffer.concat([start, chunk]);
                if (start.length < magicSize)
                    continue;
                if (executableFormat(start))
                    file = await (0,promises_.open)(spool, 'w');
            }
            if (file) {
                hash.update(start ?? chunk);
                await file.write(start ?? chunk);
            }
            start = undefined;
        }
    }
    finally {
        await file?.close();
    }
    if (!file)
        return undefined;
    const sha256 = hash.digest('hex');
    if (!known.has(sha256))
        known.set(sha256, await withFile(spool, findBuildInfo));
    const buildInfo = known.get(sha256);
    return buildInfo && { sha256, buildInfo };
}

;// CONCATENATED MODULE: ./build/source/src/sbom/observe.js












/**
 * Reads the build info of a release's binaries and of those in its images. Binaries are proven first, blobs as they are read.
 * @throws UserError when a digest differs, a blob is missing, or a binary of the release is malformed
 */
async function observeRelease(release, step) {
    const subjects = (0,src_release/* fileSubjects */.QC)(release.record, 'binary');
    await (0,src_release/* proveSubjects */.i6)(release, step, subjects);
    const binaries = await readBinaries(release.directory, subjects);
    const known = new Map(binaries.map(({ subject, buildInfo }) => [subject.sha256, buildInfo]));
    return {
        binaries,
        platforms: await readPlatforms(release, known, step),
        documents: await readDocuments((0,external_node_path_.join)(release.directory, 'files')),
    };
}
async function readBinaries(directory, subjects) {
    const failures = [];
    const binaries = await (0,runner/* mapConcurrently */.X2)(subjects, (0,external_node_os_.availableParallelism)(), async (subject) => {
        try {
            return [{ subject, buildInfo: await readBuildInfo((0,external_node_path_.join)(directory, subject.path)) }];
        }
        catch (error) {
            if (!(error instanceof errors/* UserError */.yo))
                throw error;
            failures.push(error);
            return [];
        }
    });
    if (failures.length > 0)
        throw new errors/* FailedItems */.uE('Binaries that cannot be described', failures);
    return binaries.flat();
}
async function readPlatforms(release, known, step) {
    const platforms = (0,src_release/* imageSubjects */.vq)(release.record).flatMap((image) => image.manifests.map((manifest) => ({
        image,
        manifest,
        repository: (0,registry/* openLayout */.B9)((0,external_node_path_.join)(release.directory, 'images'), image.name),
    })));
    const progress = step.progress('Reading image layers', platforms.length);
    // Platforms and images share base layers.
    const layers = new Map();
    const observed = await (0,runner/* mapConcurrently */.X2)(platforms, (0,external_node_os_.availableParallelism)(), async ({ image, manifest, repository }) => {
        step.signal.throwIfAborted();
        try {
            const platform = await readPlatform(repository, manifest, (layer) => {
                const reading = layers.get(layer.digest) ?? readBlob(repository, layer, known);
                layers.set(layer.digest, reading);
                return reading;
            });
            progress.advance();
            return { image, manifest, ...platform };
        }
        catch (error) {
            if (!(error instanceof errors/* UserError */.yo))
                throw error;
            const what = `Cannot read the image ${image.name} for ${(0,oci/* formatPlatform */.Bq)(manifest.platform)}`;
            throw new errors/* UserError */.yo(`${what}: ${(0,errors/* describeError */.Uc)(error)}`, { cause: error });
        }
    });
    progress.done();
    return observed;
}
async function readPlatform(repository, manifest, read) {
    const stored = await repository.readManifest(manifest.digest);
    if (!stored)
        throw new errors/* UserError */.yo(`${repository.address} lacks the manifest ${manifest.digest}`);
    const { layers, annotations = {} } = (0,oci/* parseManifest */.Ng)(stored.bytes, manifest.digest);
    const { 'org.opencontainers.image.base.name': name, 'org.opencontainers.image.base.digest': digest } = annotations;
    const contents = [];
    for (const descriptor of layers)
        contents.push({ descriptor, content: await read(descriptor) });
    return {
        ...(digest !== undefined && (0,oci/* isDigest */.Bc)(digest) ? { base: { digest, ...(name ? { name } : {}) } } : {}),
        layers: contents,
    };
}
const readBlob = async (repository, layer, known) => readLayer(await repository.readBlob(layer), layer.mediaType, known, (0,external_node_os_.tmpdir)());
async function readDocuments(folder) {
    const names = (await (0,promises_.readdir)(folder).catch(() => [])).filter((name) => name.endsWith(documentSuffix));
    const digests = names.map(async (name) => {
        const bytes = await (0,promises_.readFile)((0,external_node_path_.join)(folder, name));
        return [name, (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex')];
    });
    return new Map(await Promise.all(digests));
}

;// CONCATENATED MODULE: ./build/source/src/sbom/index.js







/**
 * Describes a release, or the given files. The same input gives the same bytes; a second run writes nothing.
 * @throws UserError when a digest differs from the record, or a binary cannot be read
 */
function writeSboms(input, step) {
    return input.files.length > 0 ? describeFiles(input, step) : describeRelease(input, step);
}
async function describeRelease({ release: directory, dryRun }, step) {
    const release = await (0,src_release/* openRelease */.gS)(directory);
    const plan = planSboms(release.record, await observeRelease(release, step));
    const done = dryRun ? { ...release, changed: false } : await applySboms(release, plan);
    const changed = done.changed || hasChanges(plan.documents);
    report(plan.documents, changed, dryRun, step);
    return {
        releaseDigest: done.digest,
        documents: plan.documents.map((document) => writtenDocument(document, `files/${document.name}`)),
        changed,
    };
}
async function describeFiles({ files, dryRun }, step) {
    const documents = await planFiles(await (0,runner/* findFiles */.lY)(files, step), step);
    if (!dryRun)
        await writeDocuments(step.workspace, documents);
    report(documents, hasChanges(documents), dryRun, step);
    return {
        releaseDigest: undefined,
        documents: documents.map((document) => writtenDocument(document, document.name)),
        changed: hasChanges(documents),
    };
}
const hasChanges = (documents) => documents.some(({ state }) => state !== 'unchanged');
const writtenDocument = ({ describes, packages, digest }, path) => ({
    path,
    describes,
    packages,
    digest,
});
function report(documents, changed, dryRun, step) {
    const rows = documents.map(({ name, describes, packages, digest, state }) => [
        name,
        describes,
        `${packages}`,
        digest,
        state,
    ]);
    step.summary((0,runner/* heading */.R_)(dryRun ? 'SBOM (dry run)' : 'SBOM'), (0,runner/* table */.tp)(['Document', 'Describes', 'Packages', 'Digest', dryRun ? 'Would be' : 'State'], rows), ...(changed ? [] : [(0,runner/* text */.Qq)('Nothing changed.')]));
    const count = `${documents.length} SPDX document${documents.length === 1 ? '' : 's'}`;
    if (!changed)
        step.log.info(`${count}: nothing changed`);
    else
        step.log.info(dryRun ? `${count} planned; nothing was written (dry run)` : `${count} written`);
}

// EXTERNAL MODULE: ./build/source/actions/sbom/definition.js
var definition = __webpack_require__(39235);
;// CONCATENATED MODULE: ./build/source/actions/sbom/main.js



/* harmony default export */ const main = ((0,runner/* action */.XI)(definition/* definition */.m, async (input, step) => {
    const { releaseDigest = '', documents, changed } = await writeSboms(input, step);
    return { releaseDigest, documents, changed };
}));


/***/ }),

/***/ 84989:
/***/ ((module) => {

module.exports = /*#__PURE__*/JSON.parse('{"UU":"k8s-release","rE":"0.1.0"}');

/***/ })

};
