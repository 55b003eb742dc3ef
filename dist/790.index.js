export const id = 790;
export const ids = [790];
export const modules = {

/***/ 46729:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  "default": () => (/* binding */ main)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/source/src/openpgp/index.js + 3 modules
var openpgp = __webpack_require__(84129);
// EXTERNAL MODULE: ./build/source/src/release/index.js + 8 modules
var src_release = __webpack_require__(43987);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/source/src/storage/index.js + 19 modules
var storage = __webpack_require__(54842);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./build/source/src/repositories/repository.js


/** The document as an index lists it. */
const listed = ({ path, bytes }) => ({
    path,
    size: bytes.length,
    sha256: sha256Of(bytes),
});
const sha256Of = (bytes) => (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex');
/**
 * Checks the path of a package before it is used on this machine.
 * @throws UserError when it could lead out of the repository, or is more than letters, digits and `._+~^:-` in each part
 */
function packagePath(path) {
    if (!path.split('/').every((part) => /^[A-Za-z0-9_][A-Za-z0-9._+~^:-]*$/.test(part))) {
        throw new runner/* UserError */.yo(`'${path}' cannot be a package of a repository`, {
            hint: 'Its name, version and architecture may hold letters, digits and . _ + ~ ^ -, and start with a letter or digit.',
        });
    }
    return path;
}

;// CONCATENATED MODULE: ./build/source/src/repositories/documents.js






/** 256 MiB: far above any index that this project writes. */
const largest = 1 << 28;
/** Bytes of a document; undefined when it is not there. @throws UserError when it cannot be read */
async function readDocument(folder, path) {
    const file = (0,external_node_path_.join)(folder, path);
    try {
        const { size } = await (0,promises_.stat)(file);
        if (size > largest)
            throw new runner/* UserError */.yo(`${file} is larger than any index: ${size} bytes`);
        return await (0,promises_.readFile)(file);
    }
    catch (error) {
        if (error instanceof runner/* UserError */.yo)
            throw error;
        if (isMissing(error))
            return undefined;
        throw new runner/* UserError */.yo(`Cannot read ${file}: ${(0,runner/* describeError */.Uc)(error)}`);
    }
}
/**
 * The first of these files that holds the bytes listed.
 * @throws UserError when none does
 */
async function readListed(folder, paths, expected) {
    for (const path of paths) {
        const bytes = await readDocument(folder, path);
        if (bytes && bytes.length === expected.size && sha256Of(bytes) === expected.sha256)
            return bytes;
    }
    throw new runner/* UserError */.yo(`${(0,external_node_path_.join)(folder, expected.path)} is missing or differs from what the signed index lists`, {
        hint: 'The folder was changed by hand or copied in part; restore it from its last good copy.',
    });
}
/** Documents in these folders (not below them); '' is the repository's own. */
async function observeDocuments(folder, within) {
    const found = new Map();
    for (const part of within) {
        for (const path of await filesIn((0,external_node_path_.join)(folder, part))) {
            const name = (0,external_node_path_.relative)(folder, path).split(external_node_path_.sep).join('/');
            const bytes = await readDocument(folder, name);
            if (bytes)
                found.set(name, { sha256: sha256Of(bytes), modified: (await (0,promises_.stat)(path)).mtime });
        }
    }
    return found;
}
async function filesIn(folder) {
    try {
        const items = await (0,promises_.readdir)(folder, { withFileTypes: true });
        return items.filter((item) => item.isFile()).map((item) => (0,external_node_path_.join)(folder, item.name));
    }
    catch (error) {
        if (isMissing(error))
            return [];
        throw new runner/* UserError */.yo(`Cannot read the folder ${folder}: ${(0,runner/* describeError */.Uc)(error)}`);
    }
}
// Any file system error has a code.
const isMissing = (error) => error.code === 'ENOENT';
/** gzip without a name or time, so that the same text gives the same bytes. */
const compress = (bytes) => (0,external_node_zlib_.gzipSync)(bytes, { level: 9 });
/** @throws UserError when the bytes are not gzip, or a bomb */
async function decompress(bytes, what) {
    try {
        return await (0,external_node_util_.promisify)(external_node_zlib_.gunzip)(bytes, { maxOutputLength: largest });
    }
    catch (error) {
        throw new runner/* UserError */.yo(`${what} is not gzip: ${(0,runner/* describeError */.Uc)(error)}`);
    }
}
const otherKey = (path, key) => new runner/* UserError */.yo(`${path} is not signed by the key ${key.fingerprint}, or was changed since`, {
    hint: 'Sign with the key that clients of this repository know, or publish to an empty folder.',
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
;// CONCATENATED MODULE: ./build/source/src/repositories/pool.js



/** SHA-256 of those of the packages that lie in the folder, by path; each is hashed once. */
async function observePackages(folder, packages, step) {
    const store = (0,storage/* openStore */.Ch)(`file:${folder}`, step);
    const files = [...new Map(packages.map((file) => [file.path, file])).values()];
    const found = new Map();
    if (files.length === 0)
        return found;
    const progress = step.progress(`Hashing packages of ${folder}`, totalSize(files), 'bytes');
    await (0,runner/* mapConcurrently */.X2)(files, (0,external_node_os_.availableParallelism)(), async ({ path, size }) => {
        step.signal.throwIfAborted();
        const sha256 = await store.digestOf(path);
        if (sha256)
            found.set(path, sha256);
        progress.advance(size);
    });
    progress.done();
    return found;
}
const totalSize = (files) => files.reduce((total, { size }) => total + size, 0);
/**
 * Adds the packages of a release to those that are listed; a published package is never replaced or dropped.
 * @throws UserError when another package has the same name, version and architecture, or an unsigned index lists others
 */
function planPool(candidates, observation) {
    const published = new Map((observation.current?.entries ?? []).map((entry) => [entry.path, entry]));
    const entries = new Map(published);
    for (const { entry } of candidates) {
        const there = entries.get(entry.path)?.sha256 ?? observation.packages.get(entry.path);
        if (there !== undefined && there !== entry.sha256)
            throw sameVersion(entry, there, observation.folder);
        if (!entries.has(entry.path))
            entries.set(entry.path, entry);
    }
    requirePublished(observation, new Set(candidates.map(({ entry }) => entry.path)));
    const unlisted = observation.unsigned.filter((path) => !entries.has(path));
    if (unlisted.length > 0) {
        throw new runner/* UserError */.yo(`The index in ${observation.folder} is not signed, and lists packages that this release has not: ${unlisted[0]}`, {
            hint: 'Publish to an empty folder; its packages can be published there as well.',
        });
    }
    return {
        entries: [...entries.values()].sort((left, right) => (left.path < right.path ? -1 : 1)),
        added: [...entries.keys()].filter((path) => !published.has(path)).sort(),
        copies: candidates
            .filter(({ entry }) => !observation.packages.has(entry.path))
            .map(({ entry: { path, size, sha256 }, source }) => ({ path, size, sha256, source })),
    };
}
// An index must not be signed anew over a package that clients could not get.
function requirePublished({ folder, current, packages }, restorable) {
    const broken = (current?.entries ?? []).filter(({ path, sha256 }) => {
        const there = packages.get(path);
        return there === undefined ? !restorable.has(path) : there !== sha256;
    });
    if (broken.length === 0)
        return;
    const paths = broken.map(({ path }) => path).join(', ');
    throw new runner/* UserError */.yo(`Packages of ${folder} are missing or differ from what the signed index lists: ${paths}`, {
        hint: 'The folder was changed by hand or copied in part; restore it from its last good copy.',
    });
}
const sameVersion = (entry, there, folder) => new runner/* UserError */.yo(`${entry.path} was published with other bytes: ${folder} has sha256:${there}, the release has sha256:${entry.sha256}`, { hint: "Raise the packages' revision and build them again: clients do not fetch a version that they have." });

;// CONCATENATED MODULE: ./build/source/src/repositories/clock.js

const second = 1000;
/** apt's Acquire::Max-FutureTime: it refuses an index that is dated later than this after its own time. */
const tolerance = 10 * second;
/**
 * The date of the next index, in whole seconds: later than the one before, since clients ignore an older one.
 * @throws UserError when the one before lies in the future
 */
function nextDate(now, previous) {
    const current = Math.floor(now.getTime() / second) * second;
    const least = previous ? previous.getTime() + second : current;
    if (least > current + tolerance) {
        throw new runner/* UserError */.yo(`The repository is dated ${previous?.toISOString()}, but it is ${now.toISOString()} on this machine`, {
            hint: 'Set the clock of the machine that is wrong; clients would ignore an index that is older than the last.',
        });
    }
    return new Date(Math.max(current, least));
}
/** The time at which signatures must hold: one that `nextDate` has put after the machine's own time does, too. */
const verificationTime = (now) => new Date(now.getTime() + tolerance);

;// CONCATENATED MODULE: ./build/source/src/repositories/rpm/xml.js
/** Text for the content of an XML 1.0 element. */
const xmlText = (text) => printable(text).replace(/[&<>\r]/g, reference);
/** Text for an attribute in double quotes; line ends and tabs survive attribute normalization. */
const xmlAttribute = (text) => printable(text).replace(/[&<>"\r\n\t]/g, reference);
/** ` name="value"` for each attribute that has a value. */
const xmlAttributes = (attributes) => Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join('');
const named = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const reference = (sign) => named[sign] ?? `&#${sign.charCodeAt(0)};`;
// XML 1.0 section 2.2: other characters cannot be written at all, not even as a reference; one makes dnf refuse the file.
const printable = (text) => text.toWellFormed().replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\u{fffd}');
/** Text of an attribute or element, with its references resolved. */
const unescapeXml = (escaped) => escaped.replace(/&(?:(amp|lt|gt|quot|apos)|#([0-9]+)|#x([0-9A-Fa-f]+));/g, (all, name, decimal, hexadecimal) => {
    if (name)
        return entities[name] ?? all;
    const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hexadecimal, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
});
const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

;// CONCATENATED MODULE: ./build/source/src/repositories/rpm/entry.js

/** The three index files of rpm-md that every client knows. */
const indexTypes = ['primary', 'filelists', 'other'];
/** In the order of createrepo_c. */
const dependencyKinds = [
    'provides',
    'requires',
    'conflicts',
    'obsoletes',
    'suggests',
    'enhances',
    'recommends',
    'supplements',
];
/** The elements of a package; fields and order are those of createrepo_c, so that every client reads them. */
function rpmEntry(metadata, file) {
    return {
        ...file,
        elements: {
            primary: primaryElement(metadata, file),
            filelists: packageElement(metadata, file, metadata.files.map((packaged) => fileElement(packaged, '  '))),
            other: packageElement(metadata, file, metadata.changelog.slice(-10).map(changelogElement)),
        },
    };
}
function primaryElement(metadata, file) {
    const { headerRange, buildTime, installedSize, archiveSize } = metadata;
    return `${[
        '<package type="rpm">',
        `  <name>${xmlText(metadata.name)}</name>`,
        `  <arch>${xmlText(metadata.architecture)}</arch>`,
        `  ${versionElement(metadata.version)}`,
        `  <checksum type="sha256" pkgid="YES">${file.sha256}</checksum>`,
        `  <summary>${xmlText(metadata.summary)}</summary>`,
        `  <description>${xmlText(metadata.description)}</description>`,
        `  <packager>${xmlText(metadata.packager)}</packager>`,
        `  <url>${xmlText(metadata.url)}</url>`,
        // The file's own time differs from copy to copy; the same package must give the same element.
        `  <time${xmlAttributes({ file: buildTime, build: buildTime })}/>`,
        `  <size${xmlAttributes({ package: file.size, installed: installedSize, archive: archiveSize })}/>`,
        `  <location${xmlAttributes({ href: file.path })}/>`,
        '  <format>',
        `    <rpm:license>${xmlText(metadata.license)}</rpm:license>`,
        `    <rpm:vendor>${xmlText(metadata.vendor)}</rpm:vendor>`,
        `    <rpm:group>${xmlText(metadata.group)}</rpm:group>`,
        `    <rpm:buildhost>${xmlText(metadata.buildHost)}</rpm:buildhost>`,
        `    <rpm:sourcerpm>${xmlText(metadata.sourcePackage)}</rpm:sourcerpm>`,
        `    <rpm:header-range${xmlAttributes({ start: headerRange.start, end: headerRange.end })}/>`,
        ...dependencyKinds.flatMap((kind) => dependencyList(kind, listedDependencies(metadata, kind))),
        ...metadata.files.filter(isPrimaryFile).map((packaged) => fileElement(packaged, '    ')),
        '  </format>',
        '</package>',
    ].join('\n')}\n`;
}
function packageElement(metadata, file, children) {
    const attributes = xmlAttributes({ pkgid: file.sha256, name: metadata.name, arch: metadata.architecture });
    return [`<package${attributes}>`, `  ${versionElement(metadata.version)}`, ...children, '</package>', ''].join('\n');
}
const versionElement = ({ epoch, version, release }) => `<version${xmlAttributes({ epoch, ver: version, rel: release })}/>`;
const fileElement = ({ path, type }, indent) => `${indent}<file${type === 'file' ? '' : xmlAttributes({ type })}>${xmlText(path)}</file>`;
const changelogElement = ({ author, time, text }) => `  <changelog${xmlAttributes({ author, date: time })}>${xmlText(text)}</changelog>`;
// Files that others depend on by path stand in the primary index; clients fetch filelists only for the rest.
const isPrimaryFile = ({ path }) => path.startsWith('/etc/') || path.includes('bin/') || path === '/usr/lib/sendmail';
// What a package needs of rpm itself, and what it brings along, is nothing to resolve.
function listedDependencies(metadata, kind) {
    const all = metadata.dependencies[kind];
    if (kind !== 'requires')
        return all;
    const own = new Set([
        ...metadata.dependencies.provides.flatMap((provided) => [provided.name, identityOf(provided)]),
        ...metadata.files.filter(isPrimaryFile).map((packaged) => packaged.path),
    ]);
    const needed = all.filter((dependency) => !dependency.name.startsWith('rpmlib(') &&
        !own.has(dependency.comparison ? identityOf(dependency) : dependency.name));
    return [...new Map(needed.map((dependency) => [dependencyEntry(dependency), dependency])).values()];
}
const identityOf = ({ name, comparison, version }) => `${name} ${comparison} ${version}`;
const dependencyList = (kind, dependencies) => dependencies.length === 0 ? [] : [`    <rpm:${kind}>`, ...dependencies.map(dependencyEntry), `    </rpm:${kind}>`];
function dependencyEntry({ name, comparison, version, pre }) {
    const [, epoch = '0', ver, rel] = /^(?:([0-9]+):)?([^-]*)(?:-(.*))?$/s.exec(version) ?? [];
    const versioned = comparison ? { flags: comparison, epoch, ver, rel } : {};
    return `      <rpm:entry${xmlAttributes({ name, ...versioned, pre: pre ? 1 : undefined })}/>`;
}

;// CONCATENATED MODULE: ./build/source/src/repositories/rpm/index-file.js



const roots = {
    primary: {
        name: 'metadata',
        namespaces: ' xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm"',
    },
    filelists: { name: 'filelists', namespaces: ' xmlns="http://linux.duke.edu/metadata/filelists"' },
    other: { name: 'otherdata', namespaces: ' xmlns="http://linux.duke.edu/metadata/other"' },
};
/** One index file over all packages, in the order given. */
function indexFile(type, entries) {
    const { name, namespaces } = roots[type];
    return [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        `<${name}${namespaces} packages="${entries.length}">\n`,
        ...entries.map((entry) => entry.elements[type]),
        `</${name}>\n`,
    ].join('');
}
/**
 * The packages that three index files list, each element as it stands there.
 * Only what identifies a package is read; the files were proven by a signature before.
 * @throws UserError when they are none, or do not list the same packages
 */
function parseIndexFiles(files) {
    const byId = {
        primary: elementsById('primary', files.primary, /<checksum type="sha256" pkgid="YES">([0-9a-f]{64})<\/checksum>/),
        filelists: elementsById('filelists', files.filelists, /^<package [^>]*\bpkgid="([0-9a-f]{64})"/),
        other: elementsById('other', files.other, /^<package [^>]*\bpkgid="([0-9a-f]{64})"/),
    };
    return [...byId.primary].map(([sha256, primary]) => {
        const filelists = byId.filelists.get(sha256);
        const other = byId.other.get(sha256);
        if (filelists === undefined || other === undefined)
            throw notIndex('filelists or other', `${sha256} is missing`);
        const path = /<location\b[^>]*\bhref="([^"]*)"/.exec(primary)?.[1];
        const size = /<size\b[^>]*\bpackage="([0-9]+)"/.exec(primary)?.[1];
        if (path === undefined || size === undefined)
            throw notIndex('primary', `${sha256} has no location or size`);
        return {
            path: packagePath(unescapeXml(path)),
            size: Number(size),
            sha256,
            elements: { primary, filelists, other },
        };
    });
}
// A `<` in text is always escaped, so an element can be cut out by its tags unless comments or CDATA are about.
function elementsById(type, text, identity) {
    const count = new RegExp(`<${roots[type].name}\\b[^>]*\\bpackages="([0-9]+)"`).exec(text)?.[1];
    if (count === undefined || text.includes('<!'))
        throw notIndex(type, 'its root element is not as expected');
    const elements = new Map();
    for (const [element] of text.matchAll(/<package [^>]*>.*?<\/package>\n?/gs)) {
        const id = identity.exec(element)?.[1];
        if (id === undefined)
            throw notIndex(type, 'a package has no SHA-256 checksum');
        elements.set(id, element.endsWith('\n') ? element : `${element}\n`);
    }
    if (elements.size !== Number(count))
        throw notIndex(type, `it lists ${elements.size} of ${count} packages`);
    return elements;
}
const notIndex = (type, reason) => new runner/* UserError */.yo(`The ${type} index of the rpm repository cannot be read: ${reason}`, {
    hint: 'Publish to an empty folder, or make the index again with a SHA-256 of every package.',
});

;// CONCATENATED MODULE: ./build/source/src/repositories/rpm/repomd.js


/** Name of an index file in the repository: a client that has read an older repomd.xml still finds the one it needs. */
const indexPath = (type, sha256) => `repodata/${sha256}-${type}.xml.gz`;
/** repomd.xml, the file of an rpm repository that is signed: all else follows from its digests. */
function formatRepomd({ revision, data }) {
    const list = indexTypes.map((type) => {
        const { sha256, size, openSha256, openSize } = data[type];
        return `  <data type="${type}">
    <checksum type="sha256">${sha256}</checksum>
    <open-checksum type="sha256">${openSha256}</open-checksum>
    <location href="${indexPath(type, sha256)}"/>
    <timestamp>${revision}</timestamp>
    <size>${size}</size>
    <open-size>${openSize}</open-size>
  </data>
`;
    });
    return `<?xml version="1.0" encoding="UTF-8"?>
<repomd xmlns="http://linux.duke.edu/metadata/repo" xmlns:rpm="http://linux.duke.edu/metadata/rpm">
  <revision>${revision}</revision>
${list.join('')}</repomd>
`;
}
/** @throws UserError when the text is no repomd.xml of this project's form: three gzip files named by their SHA-256 */
function parseRepomd(text) {
    const revision = Number(/<revision>([0-9]{1,15})<\/revision>/.exec(text)?.[1]);
    const data = indexTypes.map((type) => {
        const block = new RegExp(`<data type="${type}">.*?</data>`, 's').exec(text)?.[0] ?? '';
        return [
            type,
            {
                sha256: /<checksum type="sha256">([0-9a-f]{64})</.exec(block)?.[1] ?? '',
                size: Number(/<size>([0-9]{1,15})</.exec(block)?.[1]),
                openSha256: /<open-checksum type="sha256">([0-9a-f]{64})</.exec(block)?.[1] ?? '',
                openSize: Number(/<open-size>([0-9]{1,15})</.exec(block)?.[1]),
            },
        ];
    });
    // indexTypes are all the keys of the record.
    const repomd = { revision, data: Object.fromEntries(data) };
    if (formatRepomd(repomd) !== text) {
        throw new runner/* UserError */.yo('repomd.xml was written by another tool', {
            hint: 'Publish to an empty folder; its packages can be published there as well.',
        });
    }
    return repomd;
}

;// CONCATENATED MODULE: ./build/source/src/repositories/rpm/observe.js









/**
 * Where the signature of a repomd.xml is kept by the digest of what it signs. Clients read repomd.xml.asc; two files
 * cannot be replaced at once, and a publication killed between them leaves a signature of an index that never came.
 */
const keptSignaturePath = (repomd) => `repodata/${sha256Of(repomd)}-repomd.xml.asc`;
/**
 * Reads an rpm repository; nothing in it is believed before its signature was checked.
 * @throws UserError when another key signed it, or a file that it lists is missing
 */
async function observeRpm(folder, packages, key, step) {
    const documents = await observeDocuments(folder, ['repodata']);
    const current = await readRpmIndex(folder, key, step.now());
    const listed = [...(current?.entries ?? []), ...packages];
    return { folder, current, unsigned: [], documents, packages: await observePackages(folder, listed, step) };
}
/** The signed index; undefined where none is. @throws UserError when another key signed it, or a part is missing */
async function readRpmIndex(folder, key, now) {
    const repomd = await readDocument(folder, 'repodata/repomd.xml');
    if (!repomd)
        return undefined;
    const text = repomd.toString();
    const signs = async (path) => {
        const signature = await readDocument(folder, path);
        return (signature !== undefined &&
            (0,openpgp/* verifyDetached */.kA)(key.publicKeyArmored, repomd, signature.toString(), verificationTime(now)));
    };
    const complete = await signs('repodata/repomd.xml.asc');
    if (!complete && !(await signs(keptSignaturePath(text))))
        throw otherKey((0,external_node_path_.join)(folder, 'repodata', 'repomd.xml'), key);
    const index = parseRepomd(text);
    return { text, index, entries: await readEntries(folder, index), complete };
}
async function readEntries(folder, { data }) {
    const files = await Promise.all(indexTypes.map(async (type) => {
        const { sha256, size } = data[type];
        const path = indexPath(type, sha256);
        const bytes = await readListed(folder, [path], { path, size, sha256 });
        return [type, (await decompress(bytes, (0,external_node_path_.join)(folder, path))).toString()];
    }));
    // indexTypes are all the keys of the record.
    return parseIndexFiles(Object.fromEntries(files));
}

;// CONCATENATED MODULE: ./build/source/src/repositories/apply.js









/** The file that a client reads first. It is written last: until then nothing that is new can be seen. */
const entrance = { deb: 'InRelease', rpm: 'repodata/repomd.xml' };
/**
 * Packages, then the indices that list them, then the signed index; a run that was killed anywhere is healed by the next.
 * @throws UserError when a file cannot be written, or another run published meanwhile
 */
async function applyPlan(plan, key, step) {
    const store = (0,storage/* openStore */.Ch)(`file:${plan.folder}`, step);
    const progress = step.progress(`Copying packages to ${plan.folder}`, totalSize(plan.copies), 'bytes');
    for (const { path, source, sha256, size } of plan.copies) {
        step.signal.throwIfAborted();
        await store.write(path, await (0,storage/* fileContent */.qY)(source, sha256));
        progress.advance(size);
    }
    progress.done();
    for (const document of plan.documents) {
        step.signal.throwIfAborted();
        await write(plan.folder, document);
    }
    if (plan.seal) {
        const signed = await sealDocuments(plan.kind, plan.seal, key);
        await requireUnchanged(plan, plan.seal.replaces);
        // Not to be interrupted: between a signature and its index, clients see two that do not fit.
        for (const document of signed)
            await write(plan.folder, document);
    }
    for (const path of plan.removals)
        await (0,promises_.rm)((0,external_node_path_.join)(plan.folder, path), { force: true });
}
const write = (folder, { path, bytes }) => (0,src_release/* atomicWrite */.L8)((0,external_node_path_.join)(folder, path), bytes);
/** The signed index and its signatures, in the order in which they are to be written. */
async function sealDocuments(kind, { text, date }, key) {
    const bytes = Buffer.from(text);
    const signature = Buffer.from((await key.signDetached(bytes, date)).armored);
    switch (kind) {
        case 'deb':
            return [
                { path: 'Release', bytes },
                { path: 'Release.gpg', bytes: signature },
                { path: 'InRelease', bytes: Buffer.from(await key.signCleartext(text.replace(/\n$/, ''), date)) },
            ];
        case 'rpm':
            return [
                { path: keptSignaturePath(text), bytes: signature },
                { path: 'repodata/repomd.xml.asc', bytes: signature },
                { path: 'repodata/repomd.xml', bytes },
            ];
    }
}
async function requireUnchanged({ kind, folder }, expected) {
    const bytes = await readDocument(folder, entrance[kind]);
    if ((bytes && sha256Of(bytes)) === expected)
        return;
    throw new runner/* UserError */.yo(`${(0,external_node_path_.join)(folder, entrance[kind])} was changed by someone else meanwhile`, {
        hint: 'Run the step again: it adds the packages to what is there now.',
    });
}

;// CONCATENATED MODULE: ./build/source/src/repositories/apt/deb822.js

/**
 * A paragraph of Debian control data (deb822, Debian Policy 5.1).
 * @throws UserError when a line is none, or a field stands twice
 */
function parseParagraph(text) {
    const fields = new Map();
    const seen = new Set();
    let current;
    for (const line of text.replace(/\n$/, '').split('\n')) {
        if (/^[ \t]/.test(line) && current !== undefined) {
            fields.set(current, `${fields.get(current) ?? ''}\n${line}`);
            continue;
        }
        const [, name, value] = /^([!-9;-~]+):[ \t]*(.*?)[ \t\r]*$/.exec(line) ?? [];
        if (name === undefined || value === undefined || name.startsWith('-') || seen.has(name.toLowerCase())) {
            throw new runner/* UserError */.yo(`Not a field of Debian control data: '${line.slice(0, 80)}'`);
        }
        seen.add(name.toLowerCase());
        fields.set(name, value);
        current = name;
    }
    return fields;
}
/** Paragraphs are separated by empty lines. */
const splitParagraphs = (text) => text.split(/\n(?:[ \t]*\n)+/).filter((paragraph) => paragraph.trim() !== '');
/** `Name: value` a line, in the order of the map. A value that begins with a line end has no space before it. */
const formatParagraph = (fields) => [...fields].map(([name, value]) => `${name}:${value.startsWith('\n') || value === '' ? '' : ' '}${value}\n`).join('');

;// CONCATENATED MODULE: ./build/source/src/repositories/apt/packages.js



/** Fields that speak of the file in the repository, not of the package: a control file has none of them. */
const indexFields = ['filename', 'size', 'sha256', 'md5sum', 'sha1', 'sha512'];
/** The paragraph of a package: its control data, and where its file lies. */
function aptEntry(control, file) {
    const described = [...control].filter(([name]) => !indexFields.includes(name.toLowerCase()));
    const paragraph = new Map([
        ...described,
        ['Filename', file.path],
        ['Size', String(file.size)],
        ['SHA256', file.sha256],
    ]);
    return { ...file, architecture: required(control, 'Architecture'), paragraph: formatParagraph(paragraph) };
}
/** Where a package lies in the repository. The epoch is no part of a file's name (Debian Policy 5.6.12). */
function aptPath(control) {
    const [name, version, architecture] = ['Package', 'Version', 'Architecture'].map((field) => required(control, field));
    return packagePath(`${architecture}/${name}_${version?.replace(/^[0-9]+:/, '')}_${architecture}.deb`);
}
/** The Packages index over all packages, in the order given. */
const formatPackages = (entries) => entries.map((entry) => entry.paragraph).join('\n');
/**
 * The packages that an index lists, each paragraph as it stands there.
 * @throws UserError
 */
const parsePackages = (text) => splitParagraphs(text).map((paragraph) => {
    const fields = parseParagraph(paragraph);
    const sha256 = required(fields, 'SHA256');
    const size = required(fields, 'Size');
    if (!/^[0-9a-f]{64}$/.test(sha256) || !/^[0-9]{1,15}$/.test(size)) {
        throw new runner/* UserError */.yo(`The Packages index has no SHA256 and Size of '${fields.get('Package')}'`);
    }
    return {
        path: packagePath(required(fields, 'Filename').replace(/^\.\//, '')),
        size: Number(size),
        sha256,
        architecture: required(fields, 'Architecture'),
        paragraph: `${paragraph.replace(/\n+$/, '')}\n`,
    };
});
function required(fields, name) {
    const value = fields.get(name);
    if (!value)
        throw new runner/* UserError */.yo(`A package of the apt repository has no field '${name}'`);
    return value;
}

;// CONCATENATED MODULE: ./build/source/src/repositories/apt/release-file.js


/**
 * Lists SHA256 only: apt fetches by the strongest hash listed, and by-hash holds this one.
 * Source: https://wiki.debian.org/DebianRepository/Format
 */
function formatReleaseFile(release) {
    const fields = [
        ['Origin', release.origin],
        ['Label', release.label],
        ['Date', aptDate(release.date)],
        ['Valid-Until', release.validUntil && aptDate(release.validUntil)],
        ['Acquire-By-Hash', 'yes'],
        ['Architectures', release.architectures.join(' ')],
        ['SHA256', release.files.map(({ path, size, sha256 }) => `\n ${sha256} ${size} ${path}`).join('')],
    ];
    return formatParagraph(new Map(fields.filter((field) => field[1] !== undefined)));
}
/** @throws UserError when the text was not written by `formatReleaseFile` */
function parseReleaseFile(text) {
    const fields = parseParagraph(text);
    const validUntil = fields.get('Valid-Until');
    const release = {
        origin: fields.get('Origin') ?? '',
        label: fields.get('Label') ?? '',
        date: new Date(fields.get('Date') ?? ''),
        validUntil: validUntil === undefined ? undefined : new Date(validUntil),
        architectures: fields.get('Architectures')?.split(' ') ?? [],
        files: [...(fields.get('SHA256') ?? '').matchAll(/\n ([0-9a-f]{64}) ([0-9]{1,15}) (\S+)/g)].map((match) => ({
            path: match[3] ?? '',
            size: Number(match[2]),
            sha256: match[1] ?? '',
        })),
    };
    if (formatReleaseFile(release) !== text) {
        throw new runner/* UserError */.yo('The Release file was written by another tool', {
            hint: 'Publish to an empty folder; its packages can be published there as well.',
        });
    }
    return release;
}
/** `Sat, 21 Nov 2026 22:11:08 UTC`. */
const aptDate = (date) => date.toUTCString().replace('GMT', 'UTC');

;// CONCATENATED MODULE: ./build/source/src/repositories/apt/observe.js








/** Folder of indices by their digest: a client that has read an older InRelease still finds the one it needs. */
const byHash = 'by-hash/SHA256';
/**
 * Reads an apt repository; nothing in it is believed before its signature was checked.
 * @throws UserError when another key signed it, or a file that it lists is missing
 */
async function observeApt(folder, packages, key, step) {
    const current = await readAptIndex(folder, key, step.now());
    const unsigned = current ? undefined : await readDocument(folder, 'Packages');
    return {
        folder,
        current,
        unsigned: unsigned ? parsePackages(unsigned.toString()).map((entry) => entry.path) : [],
        documents: await observeDocuments(folder, ['', byHash]),
        packages: await observePackages(folder, [...(current?.entries ?? []), ...packages], step),
    };
}
/** The signed index; undefined where none is. @throws UserError when another key signed it, or a part is missing */
async function readAptIndex(folder, key, now) {
    const [inRelease, release, signature] = await Promise.all(['InRelease', 'Release', 'Release.gpg'].map((path) => readDocument(folder, path)));
    const detached = release &&
        signature &&
        (await (0,openpgp/* verifyDetached */.kA)(key.publicKeyArmored, release, signature.toString(), verificationTime(now)));
    const text = inRelease
        ? await (0,openpgp/* verifyCleartext */.yj)(key.publicKeyArmored, inRelease.toString(), verificationTime(now))
        : detached
            ? release.toString().replace(/\n$/, '')
            : undefined;
    if (text === undefined) {
        if (inRelease)
            throw otherKey((0,external_node_path_.join)(folder, 'InRelease'), key);
        return undefined;
    }
    const index = parseReleaseFile(`${text}\n`);
    const listed = index.files.find((file) => file.path === 'Packages');
    if (!listed)
        throw new runner/* UserError */.yo(`${(0,external_node_path_.join)(folder, 'InRelease')} lists no Packages index`);
    const bytes = await readListed(folder, [`${byHash}/${listed.sha256}`, 'Packages'], listed);
    return {
        text: `${text}\n`,
        index,
        entries: parsePackages(bytes.toString()),
        complete: inRelease !== undefined && detached === true && release?.toString() === `${text}\n`,
    };
}

;// CONCATENATED MODULE: ./build/source/src/repositories/plan.js

/** True when the repository holds all that it should. */
const isEmptyPlan = ({ copies, documents, seal, removals }) => copies.length + documents.length + removals.length === 0 && seal === undefined;
/** Those of the documents that are not there with the same bytes. */
const missingDocuments = (documents, observation) => documents.filter((document) => observation.documents.get(document.path)?.sha256 !== listed(document).sha256);
const day = 24 * 60 * 60 * 1000;
/**
 * Documents named by digest that neither the next index nor the one before it lists, and that are a day old:
 * a client that has just read an older index still finds what it lists.
 */
const staleDocuments = (named, needed, observation, now) => [...observation.documents]
    .filter(([path, { modified }]) => named.test(path) && !needed.has(path) && now.getTime() - modified.getTime() > day)
    .map(([path]) => path)
    .sort();

;// CONCATENATED MODULE: ./build/source/src/repositories/apt/plan.js








/** @throws UserError when a package cannot be published beside those that are there */
function planApt(wish, observation) {
    const { entries, added, copies } = planPool(wish.candidates, observation);
    const packages = Buffer.from(formatPackages(entries));
    const indices = [
        { path: 'Packages', bytes: packages },
        { path: 'Packages.gz', bytes: compress(packages) },
    ];
    const description = {
        origin: wish.origin,
        label: wish.label,
        architectures: [...new Set(entries.map((entry) => entry.architecture))].sort(),
        files: indices.map(listed),
    };
    const seal = planSeal(wish, description, observation);
    const documents = [
        { path: 'Release.key', bytes: Buffer.from(wish.publicKey) },
        ...indices.map((index) => ({ path: byHashPath(listed(index).sha256), bytes: index.bytes })),
        ...indices,
    ];
    const needed = new Set([...description.files, ...(observation.current?.index.files ?? [])].map((file) => byHashPath(file.sha256)));
    return {
        kind: 'deb',
        folder: observation.folder,
        packages: entries.length,
        added,
        copies,
        documents: missingDocuments(documents, observation),
        seal,
        removals: seal ? staleDocuments(/^by-hash\/SHA256\/[0-9a-f]{64}$/, needed, observation, wish.now) : [],
    };
}
function planSeal({ validFor, now }, description, { current, documents }) {
    if (current?.complete && isFresh(current.index, validFor, now)) {
        const { date, validUntil } = current.index;
        if (formatReleaseFile({ ...description, date, validUntil }) === current.text)
            return undefined;
    }
    const date = nextDate(now, current?.index.date);
    const validUntil = validFor === undefined ? undefined : new Date(date.getTime() + validFor);
    return {
        text: formatReleaseFile({ ...description, date, validUntil }),
        date,
        replaces: documents.get('InRelease')?.sha256,
    };
}
// A limit is renewed when half of it is over, so that a run now and then keeps the repository alive.
function isFresh({ validUntil }, validFor, now) {
    if (validUntil === undefined || validFor === undefined)
        return validUntil === undefined && validFor === undefined;
    const rest = validUntil.getTime() - now.getTime();
    return rest > validFor / 2 && rest <= validFor;
}
const byHashPath = (sha256) => `${byHash}/${sha256}`;

// EXTERNAL MODULE: ./build/source/src/packages/index.js + 37 modules
var src_packages = __webpack_require__(73356);
;// CONCATENATED MODULE: ./build/source/src/repositories/candidates.js










/**
 * Reads the metadata of packages whose digests were proven before.
 * @throws FailedItems that names each package that is broken, of an unknown format, or an rpm that the key did not sign
 */
async function readCandidates(release, subjects, key, now) {
    const deb = [];
    const rpm = [];
    const failures = [];
    for (const subject of subjects) {
        const source = (0,external_node_path_.join)(release.directory, subject.path);
        try {
            if (subject.name.endsWith('.deb'))
                deb.push({ source, entry: await debEntry(subject, source) });
            else if (subject.name.endsWith('.rpm'))
                rpm.push({ source, entry: await signedRpmEntry(subject, source, key, now) });
            else
                throw new runner/* UserError */.yo(`${subject.name} is neither a .deb nor a .rpm`);
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            failures.push(error);
        }
    }
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE('Packages that cannot be published', failures);
    return { deb, rpm };
}
async function debEntry({ size, sha256 }, source) {
    const control = parseParagraph((await (0,src_packages/* readDeb */.Sg)(source)).control);
    return aptEntry(control, { path: aptPath(control), size, sha256 });
}
async function signedRpmEntry(subject, source, key, now) {
    const metadata = await (0,src_packages/* readRpm */.Wt)(source);
    await requireSigned(subject.name, source, metadata, key, now);
    const { name, architecture, version } = metadata;
    const path = packagePath(`${architecture}/${name}-${version.version}-${version.release}.${architecture}.rpm`);
    return rpmEntry(metadata, { path, size: subject.size, sha256: subject.sha256 });
}
// dnf's gpgcheck asks for a signature of each package, whatever the index says.
async function requireSigned(name, source, { signature, headerRange }, key, now) {
    const hint = "Give 'build-packages' the same 'openpgp-key' as this step, and build the packages again.";
    if (!signature)
        throw new runner/* UserError */.yo(`${name} is not signed: dnf would refuse it`, { hint });
    const header = await readRange(source, headerRange.start, headerRange.end);
    if (await (0,openpgp/* verifyDetached */.kA)(key.publicKeyArmored, header, signature, verificationTime(now)))
        return;
    throw new runner/* UserError */.yo(`${name} is not signed by the key ${key.fingerprint}: dnf would refuse it`, { hint });
}
async function readRange(path, start, end) {
    const file = await (0,promises_.open)(path);
    try {
        return (await file.read(Buffer.alloc(end - start), 0, end - start, start)).buffer;
    }
    finally {
        await file.close();
    }
}

;// CONCATENATED MODULE: ./build/source/src/repositories/rpm/plan.js









/** @throws UserError when a package cannot be published beside those that are there */
function planRpm(wish, observation) {
    const { entries, added, copies } = planPool(wish.candidates, observation);
    const indices = indexTypes.map((type) => compressedIndex(type, entries));
    // indexTypes are all the keys of the record.
    const data = Object.fromEntries(indices.map((index) => [index.type, index.data]));
    const seal = plan_planSeal(data, wish.now, observation);
    const documents = [
        { path: 'repodata/repomd.xml.key', bytes: Buffer.from(wish.publicKey) },
        ...indices.map((index) => index.document),
    ];
    const { current } = observation;
    const needed = new Set([
        ...[data, current?.index.data].flatMap((files) => (files ? indexPaths(files) : [])),
        ...(current ? [keptSignaturePath(current.text)] : []),
    ]);
    const named = /^repodata\/[0-9a-f]{64}-(?:(?:primary|filelists|other)\.xml\.gz|repomd\.xml\.asc)$/;
    return {
        kind: 'rpm',
        folder: observation.folder,
        packages: entries.length,
        added,
        copies,
        documents: missingDocuments(documents, observation),
        seal,
        removals: seal ? staleDocuments(named, needed, observation, wish.now) : [],
    };
}
function compressedIndex(type, entries) {
    const open = { path: type, bytes: Buffer.from(indexFile(type, entries)) };
    const bytes = compress(open.bytes);
    const { sha256, size } = listed({ path: type, bytes });
    const data = { sha256, size, openSha256: listed(open).sha256, openSize: open.bytes.length };
    return { type, document: { path: indexPath(type, sha256), bytes }, data };
}
function plan_planSeal(data, now, { current, documents }) {
    if (current?.complete && formatRepomd({ revision: current.index.revision, data }) === current.text)
        return undefined;
    const date = nextDate(now, current && new Date(current.index.revision * 1000));
    return {
        text: formatRepomd({ revision: date.getTime() / 1000, data }),
        date,
        replaces: documents.get('repodata/repomd.xml')?.sha256,
    };
}
const indexPaths = (data) => indexTypes.map((type) => indexPath(type, data[type].sha256));

// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(73136);
;// CONCATENATED MODULE: ./build/source/src/repositories/summary.js


/** What was published where, and what a user writes on a machine to install from there. */
function publicationSummary(repositories, { project, version }, dryRun) {
    const done = dryRun ? 'to be published' : 'published';
    return [
        (0,runner/* heading */.R_)(`Packages of ${project} ${version}`),
        (0,runner/* table */.tp)(['Repository', 'Packages', 'Added', 'State'], repositories.map(({ folder, packages, added, changed }) => [
            folder,
            String(packages),
            added.join(', ') || 'none',
            changed ? done : 'unchanged',
        ])),
        ...repositories.slice(0, 1).map(({ fingerprint }) => (0,runner/* text */.Qq)(`Signed by the OpenPGP key ${fingerprint}.`)),
        ...repositories.flatMap(({ kind, folder }) => kind === 'deb' ? aptSource(folder, project) : dnfRepository(folder, project)),
    ];
}
function aptSource(folder, project) {
    const url = (0,external_node_url_.pathToFileURL)(folder).href;
    const keyring = `/etc/apt/keyrings/${project}.asc`;
    return [
        (0,runner/* text */.Qq)(`apt: put ${url}/Release.key in ${keyring}, and this in /etc/apt/sources.list.d/${project}.sources:`),
        (0,runner/* code */.aY)('', `Types: deb\nURIs: ${url}/\nSuites: ./\nSigned-By: ${keyring}`),
    ];
}
function dnfRepository(folder, project) {
    const url = (0,external_node_url_.pathToFileURL)(folder).href;
    return [
        (0,runner/* text */.Qq)(`dnf: put this in /etc/yum.repos.d/${project}.repo:`),
        (0,runner/* code */.aY)('ini', `[${project}]
name=${project}
baseurl=${url}/
enabled=1
gpgcheck=1
repo_gpgcheck=1
gpgkey=${url}/repodata/repomd.xml.key`),
    ];
}

;// CONCATENATED MODULE: ./build/source/src/repositories/verify.js







/**
 * Reads a repository as its clients do: signatures, indices, then every package that is listed.
 * Packages whose SHA-256 is known already, by path, are not hashed again.
 * @throws UserError when its index is not whole; FailedItems that names each package that is missing or differs
 */
async function verifyRepository(kind, folder, known, key, step) {
    const entries = await (kind === 'deb' ? verifyAptIndex : verifyRpmIndex)(folder, key, step.now());
    const fresh = entries.filter(({ path }) => !known.has(path));
    const digests = new Map([...known, ...(await observePackages(folder, fresh, step))]);
    const failures = [];
    for (const { path, size, sha256 } of entries) {
        const found = await (0,promises_.stat)((0,external_node_path_.join)(folder, path)).catch(() => undefined);
        if (found?.size === size && digests.get(path) === sha256)
            continue;
        failures.push(new runner/* UserError */.yo(`${(0,external_node_path_.join)(folder, path)} is missing or differs from what the signed index lists`));
    }
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE(`Packages of ${folder}`, failures);
}
async function verifyAptIndex(folder, key, now) {
    const { index, entries } = requireComplete(await readAptIndex(folder, key, now), folder);
    for (const file of index.files) {
        for (const path of [file.path, `${byHash}/${file.sha256}`])
            await readListed(folder, [path], file);
    }
    return entries;
}
const verifyRpmIndex = async (folder, key, now) => requireComplete(await readRpmIndex(folder, key, now), folder).entries;
function requireComplete(index, folder) {
    if (index?.complete)
        return index;
    throw new runner/* UserError */.yo(`The index of ${folder} or one of its signatures is missing`, { hint: 'Run the step again.' });
}

;// CONCATENATED MODULE: ./build/source/src/repositories/publish.js













/**
 * Publishes the packages of a release in an apt and an rpm repository in each folder, beside what is there, and reads
 * them back as a client does. With the same packages a second run writes nothing.
 * @throws UserError before anything is written when a package, a folder or the key is not fit for it;
 *   FailedItems that names each repository that could not be written
 */
async function publishPackages(options, step) {
    const release = await (0,src_release/* openRelease */.gS)(options.release);
    const subjects = (0,src_release/* fileSubjects */.QC)(release.record, 'package');
    if (subjects.length === 0) {
        throw new runner/* UserError */.yo(`The release in ${release.directory} holds no packages`, {
            hint: "Run the 'build-packages' step first.",
        });
    }
    const folders = destinations(options.to, release, step);
    const description = describe(options, release);
    await (0,src_release/* proveSubjects */.i6)(release, step, subjects);
    const key = await (0,openpgp/* openSigningKey */.bc)({ key: options.openpgpKey, passphrase: options.openpgpPassphrase }, step);
    const candidates = await readCandidates(release, subjects, key, step.now());
    const plans = await eachOf('Repositories that cannot be published in', folders, (folder) => planFolder(folder, candidates, description, key, step));
    const repositories = await eachOf('Repositories', plans.flat(), async ({ plan, known }) => {
        if (!options.dryRun)
            await publish(plan, known, key, step);
        return describePlan(plan, key);
    });
    step.summary(...publicationSummary(repositories, release.record, options.dryRun));
    const changed = !options.dryRun && repositories.some((repository) => repository.changed);
    return { release, repositories, changed };
}
async function publish(plan, known, key, step) {
    if (isEmptyPlan(plan))
        step.log.info(`${plan.folder} lists these packages already`);
    else
        await step.group(`Publishing in ${plan.folder}`, () => applyPlan(plan, key, step));
    await verifyRepository(plan.kind, plan.folder, known, key, step);
}
async function planFolder(folder, candidates, description, key, step) {
    const wish = { publicKey: key.publicKeyArmored, now: step.now() };
    const plans = [];
    if (candidates.deb.length > 0) {
        const entries = candidates.deb.map((candidate) => candidate.entry);
        const observation = await observeApt((0,external_node_path_.join)(folder, 'deb'), entries, key, step);
        const plan = planApt({ ...wish, ...description, candidates: candidates.deb }, observation);
        plans.push({ plan, known: observation.packages });
    }
    if (candidates.rpm.length > 0) {
        const entries = candidates.rpm.map((candidate) => candidate.entry);
        const observation = await observeRpm((0,external_node_path_.join)(folder, 'rpm'), entries, key, step);
        const plan = planRpm({ ...wish, candidates: candidates.rpm }, observation);
        plans.push({ plan, known: observation.packages });
    }
    return plans;
}
const describePlan = (plan, key) => ({
    kind: plan.kind,
    folder: plan.folder,
    fingerprint: key.fingerprint,
    packages: plan.packages,
    added: plan.added,
    changed: !isEmptyPlan(plan),
});
function describe({ origin = '', label = '', validFor }, release) {
    for (const [name, value] of Object.entries({ origin, label })) {
        if (/[^ -~]|^ | $/.test(value))
            throw new runner/* UserError */.yo(`'${value}' cannot be the ${name} of a repository: it must be one line of ASCII`);
    }
    if (validFor !== undefined && !(validFor > 0 && validFor <= 3650)) {
        throw new runner/* UserError */.yo(`A repository cannot be valid for ${validFor} days`, {
            hint: 'Give a number between 0 and 3650.',
        });
    }
    return {
        origin: origin || release.record.project,
        label: label || origin || release.record.project,
        validFor: validFor && validFor * 24 * 60 * 60 * 1000,
    };
}
function destinations(to, release, step) {
    if (to.length === 0)
        return [(0,external_node_path_.join)(release.directory, 'published', 'packages')];
    const folders = to.map((address) => {
        const path = /^file:(?:\/\/(?=\/))?(.+)$/s.exec(address)?.[1];
        if (path === undefined || path.startsWith('//')) {
            throw new runner/* UserError */.yo(`'${address}' is not where packages can be published`, {
                hint: 'Write file: and the path of a folder: file:/srv/packages.',
            });
        }
        return step.resolvePath(path);
    });
    return [...new Set(folders)];
}
/** One failed item does not stop the others. */
async function eachOf(what, items, body) {
    const results = [];
    const failures = [];
    for (const item of items) {
        try {
            results.push(await body(item));
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            failures.push(error);
        }
    }
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE(what, failures);
    return results;
}

;// CONCATENATED MODULE: ./build/source/src/repositories/index.js
/**
 * Signed apt and rpm repositories in a folder: the packages of a release are published beside the versions that are there.
 */


// EXTERNAL MODULE: ./build/source/actions/publish-packages/definition.js
var definition = __webpack_require__(53161);
;// CONCATENATED MODULE: ./build/source/actions/publish-packages/main.js



/* harmony default export */ const main = ((0,runner/* action */.XI)(definition/* definition */.m, async (input, step) => {
    const published = await publishPackages(input, step);
    return {
        releaseDigest: published.release.digest,
        repositories: published.repositories,
        changed: published.changed,
    };
}));


/***/ }),

/***/ 76894:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T: () => (/* reexport */ amazonAccess),
  b: () => (/* reexport */ googleToken)
});

// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
;// CONCATENATED MODULE: ./build/source/src/cloud/amazon.js

/**
 * Keys of the step's environment, masked; without them the SDK's default chain looks for others: shared files, web
 * identity, container and instance roles. That chain reads `process.env` itself: it can't be given an environment.
 */
function amazonAccess(step) {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = step.environment;
    const ignore = () => undefined;
    const tell = (message) => step.log.debug(`AWS SDK: ${textOf(message)}`);
    return {
        ...(accessKeyId && AWS_SECRET_ACCESS_KEY
            ? {
                credentials: {
                    accessKeyId,
                    secretAccessKey: step.secret(AWS_SECRET_ACCESS_KEY),
                    ...(AWS_SESSION_TOKEN ? { sessionToken: step.secret(AWS_SESSION_TOKEN) } : {}),
                },
            }
            : {}),
        logger: { debug: ignore, info: ignore, warn: tell, error: tell },
    };
}
/** The SDK logs texts, and failed commands with all that they were given, which is not for a log. */
function textOf(message) {
    if (typeof message !== 'object' || message === null)
        return String(message);
    const command = 'commandName' in message ? `${String(message.commandName)}: ` : '';
    return command + (0,runner/* describeError */.Uc)('error' in message ? message.error : message);
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/source/src/cloud/google.js



const scope = 'https://www.googleapis.com/auth/cloud-platform';
const sources = new WeakMap();
/**
 * An access token of Google Cloud, as its own tools find it: given in the environment, by the file of application default
 * credentials (a service account, or the federation that google-github-actions/auth sets up), or of the machine's service
 * account, where this is a machine of Google's. Masked. One token serves all hosts of a step until it is about to end.
 * @returns undefined where there are no credentials
 * @throws UserError when there are some, and Google does not take them
 */
async function googleToken(step) {
    const { CLOUDSDK_AUTH_ACCESS_TOKEN, GOOGLE_OAUTH_ACCESS_TOKEN } = step.environment;
    const given = CLOUDSDK_AUTH_ACCESS_TOKEN || GOOGLE_OAUTH_ACCESS_TOKEN;
    if (given)
        return { token: step.secret(given), expires: undefined };
    const source = sources.get(step) ?? tokenSource(step);
    sources.set(step, source);
    return source();
}
/** A promotion goes to dozens of hosts of Google's at once: they wait for one exchange, and the library keeps its token. */
function tokenSource(step) {
    let client;
    let underWay;
    const ask = async () => {
        const keyFilename = await credentialsFile(step);
        if (keyFilename === undefined && !(await isGoogleMachine(step)))
            return undefined;
        try {
            client ??= await openClient(keyFilename);
            const { token } = await client.getAccessToken();
            if (!token)
                return undefined;
            return { token: step.secret(token), expires: client.credentials.expiry_date ?? undefined };
        }
        catch (error) {
            if (keyFilename !== undefined)
                throw refusedFile(keyFilename, error);
            step.log.debug(`This machine of Google's has no service account to use: ${(0,runner/* describeError */.Uc)(error)}`);
            return undefined;
        }
    };
    return () => {
        underWay ??= ask().finally(() => {
            underWay = undefined;
        });
        return underWay;
    };
}
async function openClient(keyFilename) {
    const { Compute, GoogleAuth } = await Promise.all(/* import() */[__webpack_require__.e(2830), __webpack_require__.e(3669), __webpack_require__.e(492)]).then(__webpack_require__.t.bind(__webpack_require__, 492, 19));
    // The library's own search for a machine's account runs gcloud by a shell, to learn of a project that nobody needs.
    if (keyFilename === undefined)
        return new Compute({ scopes: [scope] });
    return new GoogleAuth({ scopes: [scope], keyFilename }).getClient();
}
function refusedFile(keyFilename, error) {
    // The parser's message would quote the file, which holds a private key.
    const reason = error instanceof Error && error.name === 'SyntaxError' ? 'it is not JSON' : (0,runner/* describeError */.Uc)(error);
    return new runner/* UserError */.yo(`Google does not take the credentials in ${keyFilename}: ${reason}`, {
        hint: 'In a workflow let google-github-actions/auth write them, in a terminal gcloud auth application-default login.',
    });
}
/** Source: cloud.google.com/docs/authentication/application-default-credentials, "Search order". */
async function credentialsFile({ environment }) {
    const { GOOGLE_APPLICATION_CREDENTIALS, CLOUDSDK_CONFIG, HOME } = environment;
    if (GOOGLE_APPLICATION_CREDENTIALS)
        return GOOGLE_APPLICATION_CREDENTIALS;
    if (!(CLOUDSDK_CONFIG || HOME))
        return undefined;
    const path = (0,external_node_path_.join)(CLOUDSDK_CONFIG || (0,external_node_path_.join)(HOME ?? '', '.config', 'gcloud'), 'application_default_credentials.json');
    return (0,promises_.access)(path).then(() => path, () => undefined);
}
/** Without looking for a metadata server that does not answer: that would cost everybody else seconds. */
async function isGoogleMachine({ environment }) {
    const { GCE_METADATA_HOST, K_SERVICE, CLOUD_RUN_JOB, METADATA_SERVER_DETECTION } = environment;
    if (METADATA_SERVER_DETECTION === 'none')
        return false;
    if (GCE_METADATA_HOST || K_SERVICE || CLOUD_RUN_JOB)
        return true;
    const vendor = await (0,promises_.readFile)('/sys/class/dmi/id/bios_vendor', 'utf8').catch(() => '');
    return vendor.startsWith('Google');
}

;// CONCATENATED MODULE: ./build/source/src/cloud/index.js
/** What the surroundings of a step say of its identity in the clouds, for the SDKs that talk to them. */




/***/ })

};
