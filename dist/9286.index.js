export const id = 9286;
export const ids = [9286];
export const modules = {

/***/ 59286:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  "default": () => (/* binding */ main)
});

// EXTERNAL MODULE: ./build/source/src/github/index.js + 6 modules
var src_github = __webpack_require__(77182);
// EXTERNAL MODULE: ./build/source/src/manifests/index.js + 20 modules
var src_manifests = __webpack_require__(37183);
// EXTERNAL MODULE: ./build/source/src/release/index.js + 8 modules
var src_release = __webpack_require__(43987);
// EXTERNAL MODULE: ./build/source/src/oci/index.js + 4 modules
var oci = __webpack_require__(3811);
// EXTERNAL MODULE: ./build/source/src/registry/index.js + 25 modules
var registry = __webpack_require__(51408);
// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
;// CONCATENATED MODULE: ./build/source/src/manifest-edit/additions.js





/** @throws UserError when there is nothing to add */
async function readWish({ images, release, tags }, step) {
    const extra = tags.map(oci/* parseTag */.ED);
    if (images.length > 0)
        return { kind: 'references', references: images, tags: extra };
    const { record, directory } = await (0,src_release/* openRelease */.gS)(release ?? step.resolvePath('release'));
    const additions = (0,src_release/* imageSubjects */.vq)(record).map(({ name, digest, tags: own }) => ({
        name,
        digest,
        tags: unique([...own.map(oci/* parseTag */.ED), ...extra]),
    }));
    if (additions.length === 0)
        throw new runner/* UserError */.yo(`The release in ${directory} has no images`);
    return { kind: 'additions', additions, version: record.version };
}
/**
 * The wish by digests. Each tag is resolved once, here, in the source of the manifest.
 * @throws FailedItems that names every image that is not there
 */
async function resolveWish(wish, context, step) {
    if (wish.kind === 'additions')
        return wish.additions;
    const source = (0,registry/* resolveLocation */.KC)(context.source, step);
    const failures = [];
    const found = await (0,runner/* mapConcurrently */.X2)(wish.references, 8, async (text) => {
        const { reference, name } = referenceBelow(source, text, step);
        const { tag } = reference;
        const digest = await digestOf(reference, { ...context, source }, name, step);
        if (digest)
            return { name, digest, tags: unique([...(tag ? [tag] : []), ...wish.tags]) };
        failures.push(new runner/* UserError */.yo(`${(0,oci/* formatReference */.FH)(reference)} is not there`, { hint: 'Check the repository and the tag.' }));
        return undefined;
    });
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE('Images that cannot be added', failures);
    return found.filter((addition) => addition !== undefined);
}
/** An image below the source, with the name that it has there. */
function referenceBelow(source, text, step) {
    const prefix = (0,oci/* formatReference */.FH)({ location: source, name: '' });
    // A first part with a dot or a port is a host, as docker has it.
    const isWhole = /^(?:oci:|localhost\/|[^/]*[.:][^/]*\/)/.test(text);
    const reference = (0,registry/* resolveReference */.sX)(isWhole ? text : `${prefix}${text}`, step);
    const { location, name, tag, digest } = reference;
    const address = (0,oci/* formatReference */.FH)({ location, name });
    if (!address.startsWith(prefix)) {
        throw new runner/* UserError */.yo(`${text} is not in the source of the manifest, ${(0,src_manifests/* formatLocationOf */.Ip)(source)}`, {
            hint: 'Bring it there first, or edit the manifest of another project.',
        });
    }
    if (!(tag || digest)) {
        throw new runner/* UserError */.yo(`'${text}' names neither a tag nor a digest`, { hint: 'Write NAME:TAG or NAME@sha256:….' });
    }
    return { reference, name: address.slice(prefix.length) };
}
async function digestOf({ digest, tag }, { source, plainHttp }, name, step) {
    if (digest || !tag)
        return digest;
    return (await (0,registry/* openRepository */.h_)(source, name, step, { plainHttp }).headManifest(tag))?.digest;
}
const unique = (tags) => [...new Set(tags)];
/** What a pull request with these calls itself after: the release's version, the first tag, or else a digest. */
function versionOf(wish, additions) {
    if (wish.kind === 'additions')
        return wish.version;
    const [first] = additions;
    return additions.flatMap(({ tags }) => tags)[0] ?? first?.digest.slice('sha256:'.length, 'sha256:'.length + 12) ?? '';
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/source/src/manifest-edit/branch.js



/** The last line of our commits, by which a branch that a run left behind is known. */
const trailer = 'Made-by: k8s-release edit-manifest';
/** @throws UserError when the repository or its branch is not there */
async function findBase(github, { repository = '', base }) {
    const name = (0,src_github/* parseRepository */.SU)(repository);
    const wanted = base ?? (await (0,src_github/* findDefaultBranch */.Te)(github, name));
    const found = await (0,src_github/* findBranch */.E0)(github, name, wanted);
    if (found)
        return found;
    throw new runner/* UserError */.yo(`${repository} has no branch ${wanted}, or the token may not read it`);
}
/** @throws UserError when the branch holds what others made and is in no open pull request */
async function findTarget(github, base, fork, branch) {
    const { owner, repo } = base;
    const isSame = fork.owner === owner && fork.repo === repo;
    if (isSame && branch === base.branch) {
        throw new runner/* UserError */.yo(`The branch of the pull request is its base, ${branch}`, { hint: "Give another 'branch'." });
    }
    const branches = { owner, repo, base: base.branch, head: { ...fork, branch } };
    const head = await (0,src_github/* findBranch */.E0)(github, fork, branch);
    const pullRequest = head && (await (0,src_github/* findPullRequest */._f)(github, branches));
    if (head && !pullRequest && head.commit !== base.commit && !(await (0,src_github/* readMessage */._8)(github, head)).includes(trailer)) {
        throw new runner/* UserError */.yo(`The branch ${branch} of ${fork.owner}/${fork.repo} holds something else`, {
            hint: "Delete it, or give another 'branch'.",
        });
    }
    return { branches, base, head, pullRequest };
}
/** `promote-hello-v1.2.3` */
const branchFor = (project, version) => ['promote', project, version]
    .filter((part) => part !== '')
    .join('-')
    .replace(/[^\w.-]/g, '-')
    .replace(/\.{2,}|\.lock$|\.$/g, '-');
/** What the path is in the repository, which need not be checked out. @throws UserError */
function pathInRepository(path, { workspace }) {
    const way = (0,external_node_path_.relative)(workspace, path).split(external_node_path_.sep).join(external_node_path_.posix.sep);
    if (way === '..' || way.startsWith('../')) {
        throw new runner/* UserError */.yo(`${path} is not in the repository`, {
            hint: "With 'repository', write the path as it is there, such as registry.k8s.io.",
        });
    }
    return way;
}

;// CONCATENATED MODULE: ./build/source/src/manifest-edit/options.js

/** @throws UserError when options contradict each other */
function checkOptions({ images, release, repository, project, ...rest }) {
    if (images.length > 0 && release !== undefined) {
        throw new runner/* UserError */.yo('Two sources of images: images and release', { hint: 'Give one of them.' });
    }
    const useless = ['fork', 'base', 'branch'].find((name) => rest[name] !== undefined);
    if (repository === undefined && useless !== undefined) {
        throw new runner/* UserError */.yo(`'${useless}' is of a pull request, and no 'repository' is given for one`);
    }
    if (project !== undefined && !/^(?!\.+$)[\w.-]+$/.test(project)) {
        throw new runner/* UserError */.yo(`'${project}' is not the name of a project`, {
            hint: 'Give the name of its folder below manifests/ and images/.',
        });
    }
    for (const name of ['base', 'branch']) {
        const branch = rest[name];
        if (branch !== undefined && !isBranchName(branch))
            throw new runner/* UserError */.yo(`'${branch}' is not the name of a branch`);
    }
}
/** Source: git-check-ref-format(1). */
const isBranchName = (text) => /^(?![-/.])[^\s~^:?*[\\\p{Cc}]+$/u.test(text) && !/\.\.|@\{|\/[/.]|\.lock(?:\/|$)|[/.]$/.test(text);

// EXTERNAL MODULE: ./build/source/src/promote/index.js + 54 modules
var promote = __webpack_require__(49776);
;// CONCATENATED MODULE: ./build/source/src/manifest-edit/proposal.js




/**
 * Edits the manifest in memory, and looks at what its promotion would do.
 * @throws UserError or FailedItems when something cannot be added
 */
async function propose(source, wish, { preview, plainHttp }, step) {
    const before = (0,src_manifests/* parseManifestSource */.sp)(source);
    const additions = await resolveWish(wish, { source: before.source, plainHttp }, step);
    const { text: edited, added, wanted } = (0,src_manifests/* planEdit */.q3)(source, additions);
    return {
        source,
        additions,
        version: versionOf(wish, additions),
        text: edited,
        added,
        preview: preview ? await (0,promote/* previewPromotion */.WU)([wanted], { plainHttp }, step) : undefined,
    };
}
/**
 * A manifest that no promotion can follow is not asked for.
 * @throws FailedItems that names each conflict
 */
function requirePromotable({ preview }) {
    const stopping = (preview?.plan.conflicts ?? []).filter(isStopping);
    if (stopping.length === 0)
        return;
    throw new runner/* FailedItems */.uE('The promotion would stop; nothing was written', stopping.map(({ item, message }) => new runner/* UserError */.yo(`${item}: ${message}`)));
}
/** Who may promote can often read more than who may only ask for it: that a destination is closed says nothing. */
const isStopping = ({ kind, destination }) => kind !== 'unreadable' || destination === undefined;
function summaryOf({ added, source, preview }, where, dryRun) {
    const { file } = (0,src_manifests/* editedText */.ld)(source);
    return [
        (0,runner/* heading */.R_)(dryRun ? 'Manifest (dry run)' : 'Manifest'),
        (0,runner/* text */.Qq)(added.length === 0 ? `Nothing to add: ${file} has all of it.` : `New in ${file}${where}:`),
        ...(added.length === 0 ? [] : [additionTable(added)]),
        ...(preview?.summary ?? []),
    ];
}
const additionTable = (additions) => (0,runner/* table */.tp)(['Image', 'Digest', 'Tags'], additions.map(({ name, digest, tags }) => [name, digest, tags.join(', ')]));

;// CONCATENATED MODULE: ./build/source/src/manifest-edit/pull-request.js





/** Commits, asks and comments, each only where that is not done yet. */
async function requestPull(github, target, proposal) {
    const { branches } = target;
    if (proposal.added.length === 0 && !target.pullRequest)
        return { pullRequest: undefined, changed: false };
    const committed = await commit(github, target, proposal);
    const pullRequest = target.pullRequest ?? (await (0,src_github/* openPullRequest */.Hw)(github, branches, describe(proposal)));
    const commented = await comment(github, branches, pullRequest, proposal);
    return { pullRequest, changed: committed || target.pullRequest === undefined || commented };
}
async function commit(github, target, proposal) {
    const { branches, base, head, pullRequest } = target;
    if (proposal.added.length === 0)
        return false;
    const { file: path } = (0,src_manifests/* editedText */.ld)(proposal.source);
    const isThere = head && !pullRequest && (await (0,src_github/* readText */.yR)(github, head, head.commit, path)) === proposal.text;
    if (isThere)
        return false;
    const { title } = describe(proposal);
    const lines = proposal.added.map((addition) => `- ${(0,src_manifests/* formatAddition */.IY)(addition)}`);
    const message = [title, '', ...lines, '', trailer].join('\n');
    const parent = pullRequest && head ? head.commit : base.commit;
    await (0,src_github/* commitText */.tT)(github, { ...branches.head, parent, existing: head }, { path, text: proposal.text, message });
    return true;
}
/** The plan takes the place of the one that an earlier run, or `promote`, wrote. */
async function comment(github, { owner, repo }, { number }, { preview }) {
    if (!preview)
        return false;
    const body = (0,runner/* renderMarkdown */.Gc)(preview.summary);
    return (0,src_github/* upsertComment */.lB)(github, { owner, repo, number }, { marker: 'promotion-plan', body });
}
function describe({ source: { project }, version, added }) {
    const title = ['Promote', project, version].filter((part) => part !== '').join(' ');
    return { title, body: (0,runner/* renderMarkdown */.Gc)([(0,runner/* text */.Qq)('Adds to the manifest:'), additionTable(added)]) };
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
;// CONCATENATED MODULE: ./build/source/src/manifest-edit/source.js



/**
 * The manifest of a project in the tree at a path, or the plain manifest there.
 * @throws UserError when there is none
 */
async function readSource(path, project, read) {
    if (project === undefined)
        return { project: '', manifest: await readNamed(path, read) };
    const manifest = await readNamed((0,external_node_path_.join)(path, 'manifests', project, 'promoter-manifest.yaml'), read);
    // A project that promotes nothing yet need not have a list.
    const file = (0,external_node_path_.join)(path, 'images', project, 'images.yaml');
    return { project, manifest, images: { file, text: (await read(file)) ?? '' } };
}
async function readNamed(file, read) {
    const text = await read(file);
    if (text !== undefined)
        return { file, text };
    throw new runner/* UserError */.yo(`${file} is not the file of a manifest`, {
        hint: "Name a plain manifest by 'manifests', or a tree by 'manifests' and its part by 'project'.",
    });
}
/** Of the checkout, which no file may leave by a link. */
const readLocalText = (step) => (path) => (0,promises_.readFile)(step.resolvePath(path), 'utf8').catch((error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EISDIR')
        return undefined;
    throw new runner/* UserError */.yo(`Cannot read ${path}: ${error.message}`, { location: { file: path } });
});
/** The path below the workspace, as messages and annotations on GitHub have it; as it is where it is elsewhere. */
function pathInWorkspace(path, { workspace }) {
    const way = (0,external_node_path_.relative)(workspace, path);
    return way.startsWith('..') ? path : way || '.';
}

;// CONCATENATED MODULE: ./build/source/src/manifest-edit/edit-manifest.js









/**
 * Adds images to a promoter manifest, every other byte of which is kept; adds nothing that is there already.
 * @throws UserError or FailedItems before anything is written, when something cannot be added or not be promoted then
 */
async function editManifest(options, step) {
    checkOptions(options);
    const wish = await readWish(options, step);
    return options.repository === undefined ? editCheckout(options, wish, step) : editRepository(options, wish, step);
}
async function editCheckout(options, wish, step) {
    const { manifests, project, dryRun } = options;
    const source = await readSource(pathInWorkspace(manifests, step), project, readLocalText(step));
    const proposal = await propose(source, wish, options, step);
    step.summary(...summaryOf(proposal, '', dryRun));
    requirePromotable(proposal);
    const { file } = (0,src_manifests/* editedText */.ld)(source);
    const changed = proposal.added.length > 0 && !dryRun;
    if (changed)
        await (0,src_release/* atomicWrite */.L8)(step.resolvePath(file), proposal.text);
    return resultOf(proposal, { file, changed });
}
/** Works on what the base branch has now, or on the pull request that is open already; nothing is checked out. */
async function editRepository(options, wish, step) {
    const { manifests, project, repository = '', fork, dryRun } = options;
    const github = await (0,src_github/* openGitHub */.o6)(options.githubToken, step);
    const base = await findBase(github, options);
    const path = pathInRepository(manifests, step);
    const sourceAt = (branch) => readSource(path, project, (file) => (0,src_github/* readText */.yR)(github, branch, branch.commit, file));
    const merged = await sourceAt(base);
    const { source } = (0,src_manifests/* parseManifestSource */.sp)(merged);
    const additions = await resolveWish(wish, { source, plainHttp: options.plainHttp }, step);
    const version = versionOf(wish, additions);
    const resolved = { kind: 'additions', additions, version };
    const branch = options.branch ?? branchFor(merged.project, version);
    const target = await findTarget(github, base, (0,src_github/* parseRepository */.SU)(fork ?? repository), branch);
    const current = target.pullRequest && target.head ? await sourceAt(target.head) : merged;
    const proposal = await propose(current, resolved, options, step);
    step.summary(...summaryOf(proposal, ` of ${repository}`, dryRun));
    requirePromotable(proposal);
    const { pullRequest, changed } = dryRun
        ? { pullRequest: target.pullRequest, changed: false }
        : await requestPull(github, target, proposal);
    return {
        ...resultOf(proposal, { file: (0,src_manifests/* editedText */.ld)(current).file, changed }),
        pullRequest: pullRequest ? `${base.owner}/${base.repo}#${pullRequest.number}` : '',
        pullRequestUrl: pullRequest?.url ?? '',
    };
}
const resultOf = ({ added }, { file, changed }) => ({
    added: added.map(src_manifests/* formatAddition */.IY),
    files: added.length === 0 ? [] : [file],
    pullRequest: '',
    pullRequestUrl: '',
    changed,
});

;// CONCATENATED MODULE: ./build/source/src/manifest-edit/index.js
/**
 * Asks for a promotion: adds the digests of a version to a promoter manifest, in the checkout or as a pull request that
 * shows what the promotion would do.
 */


// EXTERNAL MODULE: ./build/source/actions/edit-manifest/definition.js
var definition = __webpack_require__(70060);
;// CONCATENATED MODULE: ./build/source/actions/edit-manifest/main.js



/* harmony default export */ const main = ((0,runner/* action */.XI)(definition/* definition */.m, async (input, step) => ({ ...(await editManifest(input, step)) })));


/***/ })

};
