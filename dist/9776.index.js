export const id = 9776;
export const ids = [9776];
export const modules = {

/***/ 77182:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  tT: () => (/* reexport */ commitText),
  E0: () => (/* reexport */ findBranch),
  Te: () => (/* reexport */ findDefaultBranch),
  _f: () => (/* reexport */ findPullRequest),
  o6: () => (/* reexport */ openGitHub),
  Hw: () => (/* reexport */ openPullRequest),
  yA: () => (/* reexport */ parsePullRequest),
  SU: () => (/* reexport */ parseRepository),
  _8: () => (/* reexport */ readMessage),
  yR: () => (/* reexport */ readText),
  lB: () => (/* reexport */ upsertComment)
});

// EXTERNAL MODULE: ./build/source/src/runner/index.js + 16 modules
var runner = __webpack_require__(68492);
;// CONCATENATED MODULE: ./build/source/src/github/answer.js

/** What GitHub answers is read by these, so that an answer of another shape is an error and never `undefined`. */
/** @throws UserError when there is no text there */
function textAt(answer, ...path) {
    const value = valueAt(answer, path);
    if (typeof value === 'string')
        return value;
    throw new runner/* UserError */.yo(`GitHub's answer has no '${path.join('.')}'`);
}
/** @throws UserError when there is no number there */
function numberAt(answer, ...path) {
    const value = valueAt(answer, path);
    if (typeof value === 'number')
        return value;
    throw new runner/* UserError */.yo(`GitHub's answer has no '${path.join('.')}'`);
}
/** @throws UserError when the answer is no list */
function listOf(answer) {
    if (Array.isArray(answer))
        return answer;
    throw new runner/* UserError */.yo("GitHub's answer is not a list");
}
const valueAt = (answer, path) => path.reduce((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), answer);

;// CONCATENATED MODULE: ./build/source/src/github/comment.js


/** GitHub refuses longer ones. Source: docs.github.com/rest, "body is too long (maximum is 65536 characters)". */
const longestComment = 65_536;
/**
 * Puts one comment of a kind on an issue or pull request: the first time it is written, then edited in place.
 * @param comment the marker names the kind and is in the comment, unseen; it has letters, digits and - only
 * @returns whether anything was written
 */
async function upsertComment(github, { owner, repo, number }, comment) {
    const mark = `<!-- k8s-release:${comment.marker} -->`;
    const body = shortened(`${mark}\n${comment.body}`);
    const existing = await findComment(github, { owner, repo, number }, mark);
    if (existing?.body === body)
        return false;
    const answer = existing
        ? await github.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
            owner,
            repo,
            comment_id: existing.id,
            body,
        })
        : await github.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
            owner,
            repo,
            issue_number: number,
            body,
        });
    if (answer === undefined) {
        throw new runner/* UserError */.yo(`There is no pull request ${owner}/${repo}#${number}, or the token may not comment on it`, {
            hint: 'Give the token the permission pull-requests: write.',
        });
    }
    return true;
}
/** Looked for from the first comment on: the oldest of the kind is the one. */
async function findComment(github, { owner, repo, number }, mark) {
    for (let page = 1;; page++) {
        const answer = await github.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
            owner,
            repo,
            issue_number: number,
            per_page: 100,
            page,
        });
        if (answer === undefined)
            return undefined;
        const comments = listOf(answer);
        for (const comment of comments) {
            const body = textAt(comment, 'body').replaceAll('\r\n', '\n');
            if (body.startsWith(mark))
                return { id: numberAt(comment, 'id'), body };
        }
        if (comments.length < 100)
            return undefined;
    }
}
function shortened(body) {
    if (body.length <= longestComment)
        return body;
    const rest = '\n\nThe rest is in the summary of the run.\n';
    const kept = body.slice(0, longestComment - rest.length);
    return `${kept.slice(0, kept.lastIndexOf('\n'))}${rest}`;
}

;// CONCATENATED MODULE: ./build/source/src/github/commit.js


/** Undefined when there is no such branch. */
async function findBranch(github, { owner, repo }, branch) {
    // A ref that only begins like it answers 404, unlike `matching-refs`.
    const answer = await github.request('GET /repos/{owner}/{repo}/git/ref/{ref}', {
        owner,
        repo,
        ref: `heads/${branch}`,
    });
    return answer === undefined ? undefined : { owner, repo, branch, commit: textAt(answer, 'object', 'sha') };
}
/** The branch that pull requests go to where nothing else is said. @throws UserError when there is no such repository */
async function findDefaultBranch(github, { owner, repo }) {
    const answer = await github.request('GET /repos/{owner}/{repo}', { owner, repo });
    if (answer !== undefined)
        return textAt(answer, 'default_branch');
    throw new runner/* UserError */.yo(`GitHub has no ${owner}/${repo}, or the token may not read it`);
}
/** The message of the commit that a branch is at. */
async function readMessage(github, { owner, repo, commit }) {
    const answer = await github.request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', {
        owner,
        repo,
        commit_sha: commit,
    });
    return textAt(answer, 'message');
}
/** The text of a file in a commit; undefined when no file is there. */
async function readText(github, { owner, repo }, commit, path) {
    const file = await github.request('GET /repos/{owner}/{repo}/contents/{path}', { owner, repo, path, ref: commit });
    // A folder answers with the list of what is in it.
    if (file === undefined || Array.isArray(file))
        return undefined;
    // What is larger than 1 MB comes without its content there.
    const blob = await github.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
        owner,
        repo,
        file_sha: textAt(file, 'sha'),
    });
    return Buffer.from(textAt(blob, 'content'), 'base64').toString('utf8');
}
/**
 * Commits one text through the git data API, so that neither a clone nor a push is needed.
 * @param target where `existing` is set, the branch is moved; otherwise it is made
 * @returns the new commit
 */
async function commitText(github, target, change) {
    const { owner, repo, branch, parent, existing } = target;
    const send = async (route, parameters) => {
        const answer = await github.request(route, { owner, repo, ...parameters });
        if (answer !== undefined)
            return answer;
        throw new runner/* UserError */.yo(`GitHub has no ${owner}/${repo}, or the token may not write there`, {
            hint: 'Give the token the permission contents: write for that repository.',
        });
    };
    const git = '/repos/{owner}/{repo}/git';
    const base = await send(`GET ${git}/commits/{commit_sha}`, { commit_sha: parent });
    const content = Buffer.from(change.text).toString('base64');
    const blob = await send(`POST ${git}/blobs`, { content, encoding: 'base64' });
    const entry = { path: change.path, mode: '100644', type: 'blob', sha: textAt(blob, 'sha') };
    const tree = await send(`POST ${git}/trees`, { base_tree: textAt(base, 'tree', 'sha'), tree: [entry] });
    const commit = await send(`POST ${git}/commits`, {
        message: change.message,
        tree: textAt(tree, 'sha'),
        parents: [parent],
    });
    const sha = textAt(commit, 'sha');
    if (!existing)
        await send(`POST ${git}/refs`, { ref: `refs/heads/${branch}`, sha });
    // Forced only where the branch is a left-over: what it held is no ancestor of the new commit.
    else
        await send(`PATCH ${git}/refs/{ref}`, { ref: `heads/${branch}`, sha, force: existing.commit !== parent });
    return sha;
}

;// CONCATENATED MODULE: ./build/source/src/github/github.js

/**
 * @param token masked here; GITHUB_TOKEN where absent, else anonymous
 */
async function openGitHub(token, step) {
    const { request } = await __webpack_require__.e(/* import() */ 7359).then(__webpack_require__.bind(__webpack_require__, 97359));
    const { GITHUB_API_URL, GITHUB_TOKEN } = step.environment;
    const authorization = token ?? GITHUB_TOKEN;
    if (authorization)
        step.secret(authorization);
    const send = request.defaults({
        baseUrl: GITHUB_API_URL || 'https://api.github.com',
        headers: {
            'x-github-api-version': '2022-11-28',
            ...(authorization ? { authorization: `Bearer ${authorization}` } : {}),
        },
        request: { fetch: fetchThrough(step) },
    });
    return {
        async request(route, parameters = {}) {
            try {
                return (await send(route, parameters)).data;
            }
            catch (error) {
                // Octokit wraps what its fetch throws.
                if (error instanceof Error && error.cause instanceof runner/* UserError */.yo)
                    throw error.cause;
                const status = statusOf(error);
                if (status === 404)
                    return undefined;
                if (status === undefined)
                    throw error;
                throw new runner/* UserError */.yo(`GitHub refuses ${route}: ${(0,runner/* describeError */.Uc)(error)}`, { ...hintFor(status), cause: error });
            }
        },
    };
}
/** What octokit needs of fetch, over the step's own client with its budgets and retries. */
const fetchThrough = (step) => (url, options) => step.http.request({
    url,
    method: options.method,
    headers: options.headers,
    ...(options.body === undefined ? {} : { body: options.body }),
});
const statusOf = (error) => error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
function hintFor(status) {
    if (status === 401)
        return { hint: 'The token is not valid, or has expired.' };
    if (status === 403)
        return { hint: 'Give the token the permission that this call needs; see the README of the action.' };
    return {};
}

;// CONCATENATED MODULE: ./build/source/src/github/pull-request.js


/** The open one between two branches; GitHub allows no second. */
async function findPullRequest(github, { owner, repo, base, head }) {
    const answer = await github.request('GET /repos/{owner}/{repo}/pulls', {
        owner,
        repo,
        state: 'open',
        base,
        head: `${head.owner}:${head.branch}`,
    });
    const [found] = answer === undefined ? [] : listOf(answer);
    return found === undefined ? undefined : pullRequestOf(found);
}
/** @throws UserError when GitHub refuses */
async function openPullRequest(github, { owner, repo, base, head }, { title, body }) {
    const answer = await github.request('POST /repos/{owner}/{repo}/pulls', {
        owner,
        repo,
        base,
        head: `${head.owner}:${head.branch}`,
        // An owner can have two repositories of one network.
        ...(head.owner === owner && head.repo !== repo ? { head_repo: head.repo } : {}),
        title,
        body,
        maintainer_can_modify: head.owner !== owner,
    });
    if (answer !== undefined)
        return pullRequestOf(answer);
    throw new runner/* UserError */.yo(`GitHub has no ${owner}/${repo}, or the token may not open a pull request there`, {
        hint: 'Give the token the permission pull-requests: write.',
    });
}
const pullRequestOf = (answer) => ({
    number: numberAt(answer, 'number'),
    url: textAt(answer, 'html_url'),
});

;// CONCATENATED MODULE: ./build/source/src/github/repository.js

const part = /^(?!\.+$)[A-Za-z0-9_.][A-Za-z0-9_.-]*$/;
/** `OWNER/REPO` @throws UserError */
function parseRepository(text) {
    const [owner = '', repo = '', ...more] = text.split('/');
    if (more.length > 0 || !part.test(owner) || !part.test(repo)) {
        throw new runner/* UserError */.yo(`'${text}' is not a repository on GitHub`, { hint: 'Write OWNER/REPO.' });
    }
    return { owner, repo };
}
/** `OWNER/REPO#NUMBER` @throws UserError */
function parsePullRequest(text) {
    const match = /^(?<repository>[^#]+)#(?<number>[1-9]\d{0,9})$/.exec(text);
    if (!match?.groups) {
        throw new runner/* UserError */.yo(`'${text}' is not a pull request on GitHub`, { hint: 'Write OWNER/REPO#NUMBER.' });
    }
    return { ...parseRepository(match.groups.repository ?? ''), number: Number(match.groups.number) };
}

;// CONCATENATED MODULE: ./build/source/src/github/index.js
/** GitHub's REST API: branches, commits, pull requests, comments. */







/***/ }),

/***/ 49776:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B1: () => (/* reexport */ digestOfPlan),
  o0: () => (/* reexport */ hostsOfPlan),
  WU: () => (/* reexport */ previewPromotion),
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
var runner = __webpack_require__(68492);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/source/src/promote/files/wish.js
const fileKey = (file) => `${file.destination} ${file.name}`;
const sourceKey = ({ address, name }) => `${address} ${name}`;

;// CONCATENATED MODULE: ./build/source/src/promote/files/plan.js


/** Compares what shall be with what is. Pure. */
function planFiles(wishes, observation) {
    const wanted = [...new Map(wishes.map((file) => [`${fileKey(file)} ${file.sha256}`, file])).values()];
    const missing = wanted.filter((file) => !observation.destinations.has(fileKey(file)));
    const conflicts = [
        ...ambiguousNames(wanted),
        ...wanted.flatMap((file) => destinationConflicts(file, observation)),
        ...sourceConflicts(missing, observation),
    ];
    const blocked = blockedFiles(wanted, new Set(conflicts.map(({ item }) => item)));
    const files = missing.flatMap((file) => {
        const size = observation.sources.get(sourceKey(file.source))?.size;
        return size === undefined || blocked.has(fileKey(file)) ? [] : [{ ...file, size }];
    });
    return { files, conflicts };
}
/** The folder of a destination that the checksums in it speak of. */
const folderKey = ({ destination, name }) => `${destination} ${external_node_path_.posix.dirname(name)}`;
/** Files in conflict, files whose evidence is, and checksums beside any of these: they would list what is not there. */
function blockedFiles(wishes, items) {
    const isOwn = (file) => items.has(fileKey(file)) || items.has(sourceKey(file.source));
    const own = new Set(wishes.filter(isOwn).map(fileKey));
    const lacksEvidence = ({ destination, evidence }) => evidence.some((name) => own.has(fileKey({ destination, name })));
    const kept = wishes.filter((file) => own.has(fileKey(file)) || lacksEvidence(file));
    const folders = new Set(kept.map(folderKey));
    const checksums = wishes.filter((file) => file.kind === 'checksums' && folders.has(folderKey(file)));
    return new Set([...kept, ...checksums].map(fileKey));
}
function ambiguousNames(wishes) {
    const hashes = new Map();
    for (const file of wishes)
        hashes.set(fileKey(file), [...(hashes.get(fileKey(file)) ?? []), file.sha256]);
    const ambiguous = new Map(wishes.map((file) => [fileKey(file), file]));
    return [...ambiguous].flatMap(([item, { destination, name }]) => {
        const found = hashes.get(item) ?? [];
        if (found.length < 2)
            return [];
        const message = `${destination}: '${name}' is asked to be sha256:${found.sort().join(' and sha256:')}`;
        return [{ kind: 'two hashes', item, destination, message }];
    });
}
function destinationConflicts(file, observation) {
    const { destination, name, sha256 } = file;
    const item = fileKey(file);
    const failure = observation.unreadable.get(item);
    if (failure !== undefined)
        return [{ kind: 'unreadable', item, destination, message: failure }];
    const there = observation.destinations.get(item);
    if (there === undefined || there === sha256)
        return [];
    const message = `${destination}: '${name}' is there with sha256:${there}, and is never overwritten by sha256:${sha256}`;
    return [{ kind: 'file differs', item, destination, message }];
}
/** One for each source and hash, however many destinations there are. */
function sourceConflicts(missing, observation) {
    const once = new Map(missing.map((file) => [`${sourceKey(file.source)} ${file.sha256}`, file]));
    return [...once.values()].flatMap((file) => {
        const { address, name } = file.source;
        const item = sourceKey(file.source);
        const failure = observation.unreadable.get(item);
        if (failure !== undefined)
            return [{ kind: 'unreadable', item, message: failure }];
        const found = observation.sources.get(item);
        if (!found)
            return [{ kind: 'source missing', item, message: `${address}: there is no '${name}' to promote` }];
        const { sha256 = file.sha256, size } = found;
        const sizeFits = file.size === undefined || file.size === size;
        if (sha256 === file.sha256 && sizeFits)
            return [];
        const is = sizeFits ? `sha256:${sha256}` : `${size} bytes`;
        const wanted = sizeFits ? `sha256:${file.sha256}` : `${file.size} bytes`;
        return [
            { kind: 'source differs', item, message: `${address}: '${name}' is ${is}, but ${wanted} is to be promoted` },
        ];
    });
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./build/source/src/storage/index.js + 19 modules
var storage = __webpack_require__(54842);
;// CONCATENATED MODULE: ./build/source/src/promote/files/spool.js




function openSpool(stores, step) {
    let folder;
    let count = 0;
    return {
        async withContent({ source: { address, name }, sha256, size }, work) {
            const source = stores.source(address);
            const content = { from: `${address}/${name}`, sha256, size, open: () => source.read(name) };
            if (address.startsWith('file:'))
                return await work(content);
            folder ??= (0,promises_.mkdtemp)((0,external_node_path_.join)(step.environment.RUNNER_TEMP || (0,external_node_os_.tmpdir)(), 'promote-'));
            const path = (0,external_node_path_.join)(await folder, String(count++));
            try {
                await (0,storage/* copyContent */.R8)(content, path, step);
                await work(await (0,storage/* fileContent */.qY)(path, sha256));
            }
            finally {
                await (0,promises_.rm)(path, { force: true });
            }
        },
        async close() {
            if (folder)
                await (0,promises_.rm)(await folder, { recursive: true, force: true });
        },
    };
}

;// CONCATENATED MODULE: ./build/source/src/promote/files/apply.js




const filesAtOnce = 4;
const destinationsAtOnce = 8;
const order = ['evidence', 'file', 'checksums'];
/**
 * Evidence first, then the files that it speaks of, and the checksums of all last. A source is read once for all of its
 * destinations. One that fails does not stop the others, save what must not be published without it.
 */
async function applyFiles(files, stores, step) {
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    const progress = step.progress('Promoting files', bytes, 'bytes');
    const spool = openSpool(stores, step);
    const done = [];
    try {
        for (const kind of order) {
            const failed = done.filter(({ failure }) => failure).map(({ file }) => file);
            const groups = groupBySource(files.filter((file) => file.kind === kind));
            const outcomes = await (0,runner/* mapConcurrently */.X2)(groups, filesAtOnce, async (group) => {
                const outcome = await transferGroup(group, failed, { stores, spool }, step);
                progress.advance(group.reduce((sum, { size }) => sum + size, 0));
                return outcome;
            });
            done.push(...outcomes.flat());
        }
    }
    finally {
        await spool.close();
    }
    progress.done();
    return done;
}
function groupBySource(files) {
    const groups = new Map();
    for (const file of files) {
        const key = `${sourceKey(file.source)} ${file.sha256}`;
        groups.set(key, [...(groups.get(key) ?? []), file]);
    }
    return [...groups.values()];
}
async function transferGroup(group, failed, { stores, spool }, step) {
    const unready = new Map(group.map((file) => [file, waitingFor(file, failed)]));
    const ready = group.filter((file) => unready.get(file) === undefined);
    const [first] = ready;
    const write = async (file, content) => {
        const failure = await failureOf(step, () => stores.destination(file.destination).write(file.name, content));
        return failure ? { file, failure } : { file };
    };
    const written = [];
    const failure = first &&
        (await failureOf(step, () => spool.withContent(first, async (content) => {
            written.push(...(await (0,runner/* mapConcurrently */.X2)(ready, destinationsAtOnce, (file) => write(file, content))));
        })));
    if (failure)
        written.push(...ready.map((file) => ({ file, failure })));
    return [...written, ...[...unready].flatMap(([file, reason]) => (reason ? { file, failure: reason } : []))];
}
/** Why a file has to wait for another run. */
function waitingFor(file, failed) {
    const evidence = new Set(file.evidence.map((name) => fileKey({ destination: file.destination, name })));
    const lacking = failed.find((other) => file.kind === 'checksums' ? folderKey(other) === folderKey(file) : evidence.has(fileKey(other)));
    if (!lacking)
        return undefined;
    const what = lacking.kind === 'evidence' ? 'its evidence ' : '';
    return new runner/* UserError */.yo(`${file.destination}: ${file.name} waits for ${what}${lacking.name}, which failed`);
}
/** A mistake of one item is kept; a bug or a cancellation ends all. */
async function failureOf(step, work) {
    try {
        step.signal.throwIfAborted();
        await work();
        return undefined;
    }
    catch (error) {
        step.signal.throwIfAborted();
        if (error instanceof runner/* UserError */.yo)
            return error;
        throw error;
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/source/src/github/index.js + 6 modules
var src_github = __webpack_require__(77182);
;// CONCATENATED MODULE: ./build/source/src/promote/files/github-release.js


/** The address of a release's assets as a source. */
const githubAddress = ({ owner, repo }, tag) => `github:${owner}/${repo}/${tag}`;
const isGitHubRelease = (address) => address.startsWith('github:');
/**
 * The assets of one release, read-only.
 * @param token GITHUB_TOKEN where absent, else anonymous
 * @throws UserError when the address names no release
 */
function openGitHubRelease(address, token, step) {
    const [, owner, repo, tag] = /^github:([\w.-]+)\/([\w.-]+)\/(.+)$/.exec(address) ?? [];
    if (owner === undefined || repo === undefined || tag === undefined) {
        throw new runner/* UserError */.yo(`'${address}' names no release`, { hint: 'Write github:OWNER/REPOSITORY/TAG.' });
    }
    let release;
    const assetOf = async (name) => {
        release ??= readRelease({ owner, repo }, tag, token, step);
        return (await release).assets.find((asset) => asset.name === name);
    };
    return {
        address,
        async stat(name) {
            const asset = await assetOf(name);
            return asset && { name, size: asset.size, ...(asset.sha256 === undefined ? {} : { sha256: asset.sha256 }) };
        },
        async *read(name) {
            const asset = await assetOf(name);
            if (!asset)
                throw new runner/* UserError */.yo(`${address}: the release has no asset '${name}'`);
            const { GITHUB_API_URL, GITHUB_TOKEN } = step.environment;
            const authorization = token ?? GITHUB_TOKEN;
            if (authorization)
                step.secret(authorization);
            const response = await step.http.request({
                // The asset's own address is not taken from the answer: the token goes where it belongs.
                url: `${GITHUB_API_URL || 'https://api.github.com'}/repos/${owner}/${repo}/releases/assets/${asset.id}`,
                headers: {
                    accept: 'application/octet-stream',
                    ...(authorization ? { authorization: `Bearer ${authorization}` } : {}),
                },
            });
            if (!(response.ok && response.body)) {
                throw new runner/* UserError */.yo(`${address}: GitHub answers ${response.status} for the asset '${name}'`);
            }
            yield* response.body;
        },
    };
}
/** @throws UserError when there is no such release */
async function readRelease(repository, tag, token, step) {
    const github = await (0,src_github/* openGitHub */.o6)(token, step);
    const found = await github.request('GET /repos/{owner}/{repo}/releases/tags/{tag}', { ...repository, tag });
    if (found === undefined) {
        throw new runner/* UserError */.yo(`${githubAddress(repository, tag)}: there is no such release`, {
            hint: 'Check the tag; a draft is no release yet, and one of a private repository needs a token.',
        });
    }
    return parseRelease(found);
}
/** All releases of a repository, newest first. @throws UserError when there is no such repository */
async function listReleases(repository, token, step) {
    const github = await (0,src_github/* openGitHub */.o6)(token, step);
    const releases = [];
    for (let page = 1;; page++) {
        const found = await github.request('GET /repos/{owner}/{repo}/releases', { ...repository, per_page: 100, page });
        if (!Array.isArray(found)) {
            throw new runner/* UserError */.yo(`github:${repository.owner}/${repository.repo}: there is no such repository`);
        }
        releases.push(...found.map(parseRelease));
        if (found.length < 100)
            return releases;
    }
}
function parseRelease(json) {
    const { tag_name: tag, draft, prerelease, assets } = membersOf(json);
    if (typeof tag !== 'string' || !Array.isArray(assets))
        throw new runner/* UserError */.yo('GitHub answers something else than a release');
    return { tag, draft: draft === true, prerelease: prerelease === true, assets: assets.map(parseAsset) };
}
function parseAsset(json) {
    const { id, name, size, digest } = membersOf(json);
    if (typeof id !== 'number' || typeof name !== 'string' || typeof size !== 'number') {
        throw new runner/* UserError */.yo('GitHub answers something else than the asset of a release');
    }
    const [, sha256] = /^sha256:([0-9a-f]{64})$/.exec(String(digest)) ?? [];
    return { id, name, size, ...(sha256 === undefined ? {} : { sha256 }) };
}
const membersOf = (value) => typeof value === 'object' && value !== null ? { ...value } : {};

;// CONCATENATED MODULE: ./build/source/src/promote/files/manifest-wishes.js
/** What file manifests ask for: each file, in each of the stores that shall have it. */
function wishOfFileManifests(manifests) {
    return manifests.flatMap(({ source, destinations, files }) => {
        const evidence = evidenceByFile(files.map(({ name }) => name));
        return destinations.flatMap((destination) => files.map(({ name, sha256 }) => ({
            kind: kindOfName(name),
            name,
            source: { address: source, name },
            sha256,
            destination,
            evidence: evidence.get(name) ?? [],
        })));
    });
}
const checksums = /(?:^|\/)(?:SHA\d+SUMS|MD5SUMS|checksums\.txt)$|\.(?:sha\d+|md5)$/;
const evidence = /\.(?:sig|asc|cert|pem|att|bundle|sigstore|sigstore\.json|intoto\.jsonl)$/;
/** A manifest does not say what a file is for; its name does. */
function kindOfName(name) {
    if (checksums.test(name))
        return 'checksums';
    return evidence.test(name) ? 'evidence' : 'file';
}
/** `tool.tar.gz.sig` speaks of `tool.tar.gz`. */
function evidenceByFile(names) {
    const found = new Map();
    for (const name of new Set(names)) {
        if (kindOfName(name) !== 'evidence')
            continue;
        const subject = name.replace(evidence, '');
        found.set(subject, [...(found.get(subject) ?? []), name].sort());
    }
    return found;
}

;// CONCATENATED MODULE: ./build/source/src/promote/files/github-wishes.js




/**
 * The assets of each release, below its tag. Every one is held to a SHA-256: the one that GitHub computed when it was uploaded,
 * else the one that the release's own SHA256SUMS gives.
 * @param token GITHUB_TOKEN where absent, else anonymous
 */
async function wishOfReleases(configs, token, step) {
    const files = [];
    const malformed = [];
    const attempt = async (location, work) => {
        try {
            await work();
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            malformed.push({ what: 'release', message: (0,runner/* describeError */.Uc)(error), location });
        }
    };
    for (const config of configs) {
        const { organization: owner, repository: repo, location } = config;
        await attempt(location, async () => {
            const wanted = config.tags.length > 0 ? config.tags : await publishedTags(config, token, step);
            for (const tag of wanted) {
                await attempt(location, async () => {
                    const release = await readRelease({ owner, repo }, tag, token, step);
                    const hashes = await hashesOf(release, githubAddress({ owner, repo }, tag), token, step);
                    const unproven = release.assets.filter(({ name }) => !hashes.has(name)).map(({ name }) => name);
                    files.push(...assetWishes(config, release, hashes));
                    if (unproven.length > 0)
                        throw withoutHash(githubAddress({ owner, repo }, tag), unproven);
                });
            }
        });
    }
    return { files, malformed };
}
async function publishedTags(config, token, step) {
    const { organization: owner, repository: repo, includePrereleases } = config;
    const releases = await listReleases({ owner, repo }, token, step);
    return releases.filter(({ draft, prerelease }) => !draft && (includePrereleases || !prerelease)).map(({ tag }) => tag);
}
function assetWishes({ organization: owner, repository: repo, destination }, { tag, assets }, hashes) {
    const evidence = evidenceByFile(assets.map(({ name }) => name));
    return assets.flatMap(({ name, size }) => {
        const sha256 = hashes.get(name);
        if (sha256 === undefined)
            return [];
        return [
            {
                kind: kindOfName(name),
                name: `${tag}/${name}`,
                source: { address: githubAddress({ owner, repo }, tag), name },
                sha256,
                size,
                destination,
                evidence: (evidence.get(name) ?? []).map((other) => `${tag}/${other}`),
            },
        ];
    });
}
const checksumsName = 'SHA256SUMS';
/** Bytes; a list of ten thousand files. */
const largestChecksums = 1 << 20;
/** SHA-256 of the assets by name, of those that have one. */
async function hashesOf({ assets }, address, token, step) {
    const hashes = new Map(assets.flatMap(({ name, sha256 }) => (sha256 === undefined ? [] : [[name, sha256]])));
    const checksums = assets.find(({ name }) => name === checksumsName);
    if (hashes.size === assets.length || !checksums || checksums.size > largestChecksums)
        return hashes;
    const chunks = [];
    for await (const chunk of openGitHubRelease(address, token, step).read(checksumsName))
        chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    // Nothing vouches for the list itself but that it is the one that was read.
    const own = hashes.get(checksumsName) ?? (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex');
    return new Map([...parseChecksums(bytes.toString()), ...hashes, [checksumsName, own]]);
}
/** Lines of `sha256sum`: the hash, a space, a space or `*`, the name. */
function parseChecksums(text) {
    const lines = text.split(/\r?\n/).map((line) => /^([0-9a-f]{64}) [ *](?:\.\/)?(.+)$/.exec(line));
    return new Map(lines.flatMap((match) => (match?.[1] && match[2] ? [[match[2], match[1]]] : [])));
}
const withoutHash = (address, names) => new runner/* UserError */.yo(`${address}: nothing tells the SHA-256 of ${names.join(', ')}`, {
    hint: `GitHub computes it for what is uploaded since June 2025; upload the assets again, or add ${checksumsName}.`,
});

// EXTERNAL MODULE: ./node_modules/semver/functions/parse.js
var parse = __webpack_require__(16353);
;// CONCATENATED MODULE: ./build/source/src/promote/files/markers.js


/**
 * The markers that a version concerns, narrow ones first: `latest*` for every version, `stable*` for those that are no
 * pre-release. Each of the two comes as `-MAJOR.MINOR`, `-MAJOR` and alone.
 * @throws UserError when it is no semantic version
 */
function markerNames(version) {
    const { major, minor, prerelease } = parseVersion(version, 'The version');
    const kinds = prerelease.length === 0 ? ['stable', 'latest'] : ['latest'];
    return kinds.flatMap((kind) => [`${kind}-${major}.${minor}.txt`, `${kind}-${major}.txt`, `${kind}.txt`]);
}
/**
 * The markers that a version moves: forward only, by semantic version. Pure.
 * @param texts what each marker says, by name; those that are not there are missing
 * @throws UserError when one says something else than a version
 */
function planMarkers(version, texts) {
    const wanted = parseVersion(version, 'The version');
    return markerNames(version).flatMap((name) => {
        const text = texts.get(name)?.trim();
        if (text === undefined)
            return [{ name, to: version }];
        return wanted.compare(parseVersion(text, name)) > 0 ? [{ name, from: text, to: version }] : [];
    });
}
function parseVersion(text, what) {
    const version = parse(text);
    if (version && version.raw === text && text === text.trim())
        return version;
    throw new runner/* UserError */.yo(`${what} is no semantic version: '${text.slice(0, 100)}'`, {
        hint: 'Write it as v1.2.3 or v1.2.3-rc.1; what else a marker holds is replaced by hand only.',
    });
}

;// CONCATENATED MODULE: ./build/source/src/promote/files/move-markers.js


/** What the markers that a version concerns say now, by name. @throws UserError when the store cannot be read */
async function observeMarkers(version, store) {
    const found = await (0,runner/* mapConcurrently */.X2)(markerNames(version), 6, async (name) => {
        const document = await store.readDocument(name);
        return document ? [[name, document.text]] : [];
    });
    return new Map(found.flat());
}
/**
 * Moves the markers forward to a version, and reads each back. Each is written only over what was read, so that of two
 * releases at the same time the newer one stays. Call it when everything that the version has is there.
 * @returns what was moved
 * @throws FailedItems that names every marker that could not be moved
 */
async function applyMarkers(version, store, step) {
    const moves = [];
    const failures = [];
    // One after the other: the narrow marker is there before the wide one points the same way.
    for (const name of markerNames(version)) {
        step.signal.throwIfAborted();
        try {
            const move = await moveMarker(name, version, store);
            if (move)
                moves.push(move);
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            failures.push(error);
        }
    }
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE('Version markers that cannot be moved', failures);
    return moves;
}
/** More than there can be releases at the same moment. */
const mostRaces = 50;
async function moveMarker(name, version, store) {
    for (let races = 0; races < mostRaces; races++) {
        const found = await store.readDocument(name);
        const move = moveOf(name, version, found?.text);
        if (!move)
            return undefined;
        // As Kubernetes writes them, without a line end.
        if (!(await store.replaceDocument(name, version, found)))
            continue;
        const now = (await store.readDocument(name))?.text;
        if (now !== undefined && !moveOf(name, version, now))
            return move;
        throw new runner/* UserError */.yo(`${store.address}: ${name} was written, but says '${now?.slice(0, 100) ?? ''}'`, {
            hint: 'Another process writes it without looking; run it again.',
        });
    }
    throw new runner/* UserError */.yo(`${store.address}: ${name} is written by others all the time`, { hint: 'Run it again.' });
}
const moveOf = (name, version, text) => planMarkers(version, new Map(text === undefined ? [] : [[name, text]])).find((move) => move.name === name);

;// CONCATENATED MODULE: ./build/source/src/promote/files/observe.js


const requestsAtOnce = 16;
/** Looks at each destination, and at the source of what is missing there. What cannot be read does not stop the others. */
async function observeFiles(wishes, stores, step) {
    const destinations = new Map();
    const sources = new Map();
    const unreadable = new Map();
    const note = async (key, found, look) => {
        try {
            step.signal.throwIfAborted();
            const value = await look();
            if (value !== undefined)
                found.set(key, value);
        }
        catch (error) {
            step.signal.throwIfAborted();
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            unreadable.set(key, (0,runner/* describeError */.Uc)(error));
        }
    };
    const progress = step.progress('Looking at files', wishes.length);
    await (0,runner/* mapConcurrently */.X2)(wishes, requestsAtOnce, async (file) => {
        await note(fileKey(file), destinations, () => stores.destination(file.destination).digestOf(file.name));
        progress.advance();
    });
    progress.done();
    const missing = new Map(wishes.filter((file) => !destinations.has(fileKey(file))).map(({ source }) => [sourceKey(source), source]));
    await (0,runner/* mapConcurrently */.X2)([...missing], requestsAtOnce, ([key, { address, name }]) => note(key, sources, () => stores.source(address).stat(name)));
    return { destinations, sources, unreadable };
}

;// CONCATENATED MODULE: ./build/source/src/promote/files/release-wishes.js




/**
 * The files of a release and the bundles that speak of them, to be published in a store under their base names.
 * @throws UserError when two would have the same name
 */
function wishOfReleaseFiles({ record, directory }, destination) {
    const address = `file:${directory}`;
    const subjects = (0,src_release/* fileSubjects */.QC)(record);
    const published = new Set(subjects.map(({ sha256 }) => (0,oci/* digestFromHex */.Ch)(sha256)));
    const bundles = record.evidence.filter((evidence) => evidence.subjects.some((digest) => published.has(digest)));
    const evidence = bundles.map(({ path, sha256, size }) => ({
        kind: 'evidence',
        name: (0,external_node_path_.basename)(path),
        source: { address, name: path },
        sha256,
        size,
        destination,
        evidence: [],
    }));
    const files = subjects.map((subject) => {
        const digest = (0,oci/* digestFromHex */.Ch)(subject.sha256);
        const speaking = bundles.filter((bundle) => bundle.subjects.includes(digest));
        return {
            kind: subject.role === 'checksums' ? 'checksums' : 'file',
            name: subject.name,
            source: { address, name: subject.path },
            sha256: subject.sha256,
            size: subject.size,
            destination,
            evidence: speaking.map(({ path }) => (0,external_node_path_.basename)(path)).sort(),
        };
    });
    const names = new Map();
    for (const file of [...evidence, ...files]) {
        const other = names.get(file.name);
        if (other) {
            throw new runner/* UserError */.yo(`${other.source.name} and ${file.source.name} would both be published as ${file.name}`);
        }
        names.set(file.name, file);
    }
    return [...names.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

;// CONCATENATED MODULE: ./build/source/src/promote/files/stores.js


/** @param githubToken to read releases with; GITHUB_TOKEN where absent, else anonymous */
function openFileStores(step, githubToken) {
    const stores = new Map();
    const releases = new Map();
    const destination = (address) => {
        const store = stores.get(address) ?? (0,storage/* openStore */.Ch)(address, step);
        stores.set(address, store);
        return store;
    };
    return {
        destination,
        source(address) {
            if (!isGitHubRelease(address))
                return destination(address);
            const release = releases.get(address) ?? openGitHubRelease(address, githubToken, step);
            releases.set(address, release);
            return release;
        },
    };
}

;// CONCATENATED MODULE: ./build/source/src/promote/files/index.js
/** The files of a promotion: from folders, stores and GitHub releases to stores, with their version markers last. */











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



function joinPlans(wish, { images, files, markers }) {
    const malformed = wish.malformed.map(({ what, message, location }) => ({
        kind: 'malformed',
        item: (0,runner/* formatLocation */.j$)(location),
        message: `${what}: ${message}`,
    }));
    return {
        images: images.images,
        files: files.files,
        markers,
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
function hostsOfPlan({ images, files, markers }) {
    const places = [
        ...images.flatMap(({ transfers }) => transfers.flatMap(({ destinations }) => destinations)),
        ...[...files, ...markers].map(({ destination }) => destination),
    ];
    return [...new Set(places.map(hostOfAddress))].sort();
}

// EXTERNAL MODULE: ./node_modules/ajv/dist/2020.js
var _2020 = __webpack_require__(52210);
;// CONCATENATED MODULE: ./build/source/schema/promotion-plan.schema.json
const promotion_plan_schema_namespaceObject = /*#__PURE__*/JSON.parse('{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://raw.githubusercontent.com/k8s-release/k8s-release/v1/schema/promotion-plan.schema.json","title":"Promotion plan","description":"What is missing at the destinations of a promotion, as a dry run of promote writes it and people approve it.","type":"object","additionalProperties":false,"required":["images","files","markers","conflicts"],"properties":{"images":{"type":"array","items":{"$ref":"#/$defs/image"}},"files":{"type":"array","items":{"$ref":"#/$defs/file"}},"markers":{"type":"array","items":{"$ref":"#/$defs/marker"}},"conflicts":{"type":"array","items":{"$ref":"#/$defs/conflict"}}},"$defs":{"digest":{"type":"string","pattern":"^sha256:[0-9a-f]{64}$"},"tag":{"type":"string","pattern":"^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$"},"text":{"type":"string","minLength":1},"size":{"type":"integer","minimum":0},"image":{"description":"What is missing of one image, and where.","type":"object","additionalProperties":false,"required":["project","source","digest","transfers"],"properties":{"project":{"type":"string"},"source":{"description":"HOST/NAME or oci:PATH:NAME.","$ref":"#/$defs/text"},"digest":{"$ref":"#/$defs/digest"},"transfers":{"description":"Destinations that lack the same are together.","type":"array","items":{"$ref":"#/$defs/transfer"}}}},"transfer":{"type":"object","additionalProperties":false,"required":["destinations","blobs","manifests","evidence","tags","signed"],"properties":{"destinations":{"type":"array","items":{"$ref":"#/$defs/text"}},"blobs":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["digest","size"],"properties":{"digest":{"$ref":"#/$defs/digest"},"size":{"$ref":"#/$defs/size"}}}},"manifests":{"description":"Children first, the image itself last.","type":"array","items":{"$ref":"#/$defs/digest"}},"evidence":{"description":"Signatures, attestations and SBOMs that are carried: referrers, or manifests under a tag.","type":"array","items":{"type":"object","additionalProperties":false,"required":["subject","digest"],"properties":{"subject":{"$ref":"#/$defs/digest"},"digest":{"$ref":"#/$defs/digest"},"tag":{"$ref":"#/$defs/tag"}}}},"tags":{"type":"array","items":{"$ref":"#/$defs/tag"}},"signed":{"description":"What the promotion itself signs, and attaches before the tags.","type":"array","items":{"type":"object","additionalProperties":false,"required":["subject","predicateType"],"properties":{"subject":{"$ref":"#/$defs/digest"},"predicateType":{"$ref":"#/$defs/text"}}}}}},"file":{"type":"object","additionalProperties":false,"required":["kind","name","source","sha256","size","destination","evidence"],"properties":{"kind":{"enum":["evidence","file","checksums"]},"name":{"$ref":"#/$defs/text"},"source":{"type":"object","additionalProperties":false,"required":["address","name"],"properties":{"address":{"description":"Of a store, or github:OWNER/REPOSITORY/TAG.","$ref":"#/$defs/text"},"name":{"$ref":"#/$defs/text"}}},"sha256":{"type":"string","pattern":"^[0-9a-f]{64}$"},"size":{"$ref":"#/$defs/size"},"destination":{"description":"Address of the store.","$ref":"#/$defs/text"},"evidence":{"type":"array","items":{"$ref":"#/$defs/text"}}}},"marker":{"description":"A version marker that is moved forward when all else is there.","type":"object","additionalProperties":false,"required":["name","to","destination"],"properties":{"name":{"$ref":"#/$defs/text"},"from":{"$ref":"#/$defs/text"},"to":{"$ref":"#/$defs/text"},"destination":{"description":"Address of the store.","$ref":"#/$defs/text"}}},"conflict":{"description":"Why an image or file is left as it is.","type":"object","additionalProperties":false,"required":["kind","item","message"],"properties":{"kind":{"$ref":"#/$defs/text"},"item":{"$ref":"#/$defs/text"},"destination":{"$ref":"#/$defs/text"},"message":{"$ref":"#/$defs/text"}}}}}');
;// CONCATENATED MODULE: ./build/source/src/promote/plan-schema.js



/** @throws UserError when the text is not a plan, by schema/promotion-plan.schema.json */
function parsePlan(text, path) {
    let json;
    try {
        json = JSON.parse(text);
    }
    catch {
        throw new runner/* UserError */.yo(`${path} is not a promotion plan: it is not JSON`);
    }
    const validate = new _2020.Ajv2020({ strict: true, strictRequired: false }).compile(promotion_plan_schema_namespaceObject);
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
    const plan = parsePlan(text, path);
    const found = digestOfPlan(plan);
    if (digest !== undefined && (0,oci/* parseDigest */.m)(digest, 'plan-digest') !== found) {
        throw new runner/* UserError */.yo(`${path} is the plan ${found}, not ${digest}`, {
            hint: 'It was changed after it was approved, or belongs to another run; plan anew.',
        });
    }
    return plan;
}
/**
 * Leaves what was in conflict when the plan was approved as it is, though nothing may speak against it now, or only at
 * destinations that this shard does not see: it was not approved.
 */
function holdBack(plan, approved) {
    const held = new Set();
    const isFree = (item, destination) => {
        const found = approved.conflicts.filter((conflict) => conflict.item === item && concerns(conflict, destination));
        for (const conflict of found)
            held.add(conflict);
        return found.length === 0;
    };
    const images = plan.images.flatMap((image) => {
        const item = `${image.source}@${image.digest}`;
        const transfers = image.transfers.flatMap((transfer) => {
            const destinations = transfer.destinations.filter((destination) => isFree(item, destination));
            return destinations.length > 0 ? { ...transfer, destinations } : [];
        });
        return transfers.length > 0 ? { ...image, transfers } : [];
    });
    const files = plan.files.filter((file) => isFree(fileKey(file), file.destination) && isFree(sourceKey(file.source), file.destination));
    const known = new Set(plan.conflicts.map(({ item }) => item));
    return {
        ...plan,
        images,
        files,
        conflicts: [...plan.conflicts, ...[...held].filter(({ item }) => !known.has(item))],
    };
}
/** A destination that could not be read blocks nothing elsewhere. */
const concerns = ({ kind, destination }, place) => kind !== 'unreadable' || destination === undefined || destination === place;
/**
 * Holds a plan to the one that was approved: it may do less, as some of that may be there by now, but nothing else.
 * @throws FailedItems that names what was not approved
 */
function requireApproved(plan, approved) {
    const strangers = [
        ...imageStrangers(plan, approved),
        ...fileStrangers(plan, approved),
        ...markerStrangers(plan, approved),
    ];
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
function markerStrangers(plan, approved) {
    const keyOf = ({ name, to, destination }) => `${name} to ${to} in ${destination}`;
    const known = new Set(approved.markers.map(keyOf));
    return plan.markers.map(keyOf).filter((key) => !known.has(key));
}

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

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
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
/** Bytes that are read or written at a time; with Node's own 64 KiB a large layer takes half as long again. */
const highWaterMark = 1 << 20;
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
            await (0,external_node_stream_promises_.pipeline)(await source.readBlob(descriptor), (0,external_node_fs_.createWriteStream)(path, { flags: 'wx', highWaterMark }));
        }
        catch (error) {
            await forget();
            throw error;
        }
        return { open: (start = 0) => (0,external_node_fs_.createReadStream)(path, { start, highWaterMark }), stored: descriptor.size, forget };
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

;// CONCATENATED MODULE: ./build/source/src/promote/images/needed-evidence.js

const needed_evidence_requestsAtOnce = 6;
/**
 * Judges a destination, before its tag: whoever looks for the evidence there finds that for which the image passed at its source.
 * @throws UserError
 */
async function requireEvidence(needed, destination) {
    const subjects = Map.groupBy(needed, ({ subject }) => subject);
    await (0,runner/* mapConcurrently */.X2)([...subjects], needed_evidence_requestsAtOnce, async ([subject, evidence]) => {
        const hasReferrers = evidence.some(({ tag }) => tag === undefined);
        const referrers = hasReferrers ? await destination.listReferrers(subject) : [];
        for (const { digest, tag } of evidence) {
            const found = tag === undefined ? referrers : [await destination.headManifest(tag)];
            if (found.some((one) => one?.digest === digest))
                continue;
            const where = tag === undefined ? `as a referrer of ${subject}` : `under ${tag}`;
            throw new runner/* UserError */.yo(`${destination.address}: ${digest}, which the evidence policy demands, is not found ${where}`, {
                hint: 'Another process may have removed it; run it again.',
            });
        }
    });
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



const transfer_requestsAtOnce = 6;
/**
 * Writes what one destination lacks of an image, in an order in which a crash leaves nothing visible that is not whole:
 * blobs, child manifests, evidence, a check that the evidence is found, and the tags last.
 * @throws UserError
 */
async function copyImage(copy, context) {
    const { image, transfer, destination } = copy;
    const wanted = new Set(transfer.manifests);
    const root = rootOf(image);
    await (0,runner/* mapConcurrently */.X2)(transfer.blobs, transfer_requestsAtOnce, (blob) => bringBlob(blob, copy, context));
    const missing = image.manifests.flatMap(({ digest, stored }) => (wanted.has(digest) && stored ? stored : []));
    await writeManifests(missing.filter(({ descriptor }) => descriptor.digest !== root), destination);
    await writeEvidence(copy);
    await context.attach(copy);
    await verifyEvidence(copy);
    await requireEvidence(copy.needed, destination);
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
    await (0,runner/* mapConcurrently */.X2)(manifests.filter((manifest) => !isIndex(manifest)), transfer_requestsAtOnce, write);
    for (const index of manifests.filter(isIndex))
        await write(index);
}
async function writeEvidence({ image, transfer, destination }) {
    const referrers = [];
    await (0,runner/* mapConcurrently */.X2)(transfer.evidence, transfer_requestsAtOnce, async ({ subject, digest, tag }) => {
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
    await (0,runner/* mapConcurrently */.X2)(transfer.evidence, transfer_requestsAtOnce, async ({ digest, tag }) => {
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
    const setOf = numberSets();
    for (const request of requests) {
        const key = `${formatPlace(request.source)} ${request.project} ${setOf(request.destinations)}`;
        const wish = wishes.get(key) ?? { first: request, images: new Map() };
        wishes.set(key, wish);
        const tags = wish.images.get(request.digest) ?? new Set();
        wish.images.set(request.digest, tags);
        for (const tag of request.tags)
            tags.add(tag);
    }
    const sortKey = ({ source, project, destinations }) => `${formatPlace(source)} ${project} ${destinations.map(formatPlace).join(' ')}`;
    return [...wishes.values()]
        .map(({ first, images }) => ({ key: sortKey(first), first, images }))
        .sort((left, right) => (left.key < right.key ? -1 : 1))
        .map(({ first, images }) => ({
        project: first.project,
        source: first.source,
        destinations: first.destinations,
        images: [...images]
            .sort(([left], [right]) => (left < right ? -1 : 1))
            .map(([digest, tags]) => ({ digest, tags: [...tags].sort() })),
    }));
}
/** The same number for the same destinations; many requests share one array, which is looked at once. */
function numberSets() {
    const known = new Map();
    const numbers = new Map();
    return (destinations) => {
        const before = known.get(destinations);
        if (before !== undefined)
            return before;
        const text = destinations.map(formatPlace).join(' ');
        const number = numbers.get(text) ?? numbers.size;
        numbers.set(text, number);
        known.set(destinations, number);
        return number;
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
function copiesOf(promotions, { wishes, observed, needed, repositories }) {
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
            needed: needed.get(`${promotion.source}@${promotion.digest}`) ?? [],
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
const observe_destinationsAtOnce = 24;
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
    const wanted = wish.images.flatMap(({ tags }) => tags);
    const share = shareAlike();
    const tagged = await (0,runner/* mapConcurrently */.X2)(wish.destinations, observe_destinationsAtOnce, async (place) => share(await observeTags(wanted, repositories.open(place))));
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
    const destinations = await (0,runner/* mapConcurrently */.X2)(wish.destinations, observe_destinationsAtOnce, (place, index) => observeDestination(wish.images, images, tagged[index] ?? nothingThere, repositories.open(place), judged));
    return readLacking(wish, { ...nothing, images, unreadable, destinations }, source, judged);
}
/** The wanted tags of one destination, by one list and one request for each tag where the list has no digests. */
async function observeTags(wanted, repository) {
    const observed = await observe_attempt(async () => {
        const listing = await repository.list();
        const present = wanted.filter((tag) => listing.tags.has(tag));
        return { ...nothingThere, tags: await digestsOf(present, repository, listing), listed: listing.tags, listing };
    });
    return 'failure' in observed ? { ...nothingThere, unreadable: observed.failure } : observed.value;
}
/** What tags hold: by the list as far as it tells, and by a request for each of the others. */
async function digestsOf(wanted, repository, listing) {
    const digests = new Map();
    const untold = [];
    for (const tag of wanted) {
        const digest = listing.digests?.get(tag);
        if (digest)
            digests.set(tag, digest);
        else
            untold.push(tag);
    }
    await (0,runner/* mapConcurrently */.X2)(untold, observe_requestsAtOnce, async (tag) => {
        const digest = (await repository.headManifest(tag))?.digest;
        if (digest)
            digests.set(tag, digest);
    });
    return digests;
}
/** Regions are mostly alike: those that are share what was found, so that a tree of thousands of repositories stays small. */
function shareAlike() {
    const kinds = [];
    return (found) => {
        const alike = kinds.find(({ tags, listed }) => listed.size === found.listed.size &&
            tags.size === found.tags.size &&
            [...found.listed].every((tag) => listed.has(tag)) &&
            [...found.tags].every(([tag, digest]) => tags.get(tag) === digest));
        if (alike)
            return { ...found, tags: alike.tags, listed: alike.listed };
        kinds.push(found);
        return found;
    };
}
/** What a destination has of the images that had to be looked at. */
async function observeDestination(wishes, images, { listing, ...tagged }, repository, judged) {
    if (listing === undefined)
        return tagged;
    const evidenceTags = new Map();
    const manifests = new Set();
    const referrers = new Map();
    const unreadableImages = new Map();
    const looked = wishes.filter(({ digest }) => images.has(digest));
    await (0,runner/* mapConcurrently */.X2)(looked, imagesAtOnce, async (wish) => {
        const image = images.get(wish.digest);
        // A repository without tags has at most what a killed run left; to write that again is cheaper than to look for it.
        if (!image || (listing.tags.size === 0 && wish.tags.length > 0))
            return;
        const isTagged = hasEveryTag(wish, tagged);
        const observed = await observe_attempt(async () => {
            for (const digest of await presentManifests(image, isTagged, repository, listing))
                manifests.add(digest);
            if (judged || !isTagged) {
                const present = image.evidence.flatMap(({ tag }) => (tag && listing.tags.has(tag) ? tag : []));
                for (const [tag, digest] of await digestsOf(present, repository, listing))
                    evidenceTags.set(tag, digest);
            }
            await compareReferrers(image.evidence, repository, listing, referrers);
        });
        if ('failure' in observed)
            unreadableImages.set(wish.digest, observed.failure);
    });
    const tags = evidenceTags.size === 0 ? tagged.tags : new Map([...tagged.tags, ...evidenceTags]);
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
            return wish.images.flatMap((image) => conflict_destinationConflicts(image, observed.images.get(image.digest), found, at));
        }),
    ];
}
function conflict_destinationConflicts(image, source, found, at) {
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
    // What a kill has torn ends here.
    let separator = text === '' || text.endsWith('\n') ? '' : '\n';
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
            const line = `${separator}${JSON.stringify(entry)}\n`;
            separator = '';
            await (0,promises_.appendFile)(path, line);
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

// EXTERNAL MODULE: ./build/source/src/registry/index.js + 25 modules
var registry = __webpack_require__(51408);
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
    const files = destinations.files.flatMap((destination) => wishOfReleaseFiles(release, destination));
    return {
        images: destinations.images.length === 0 ? [] : groupRequests(images),
        files,
        version: release.record.version,
        malformed: [],
    };
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
    const nothing = plan.images.length + plan.files.length + plan.markers.length + plan.conflicts.length === 0;
    const rows = [...imageRows(plan, promotion), ...fileRows(plan, promotion), ...markerRows(plan, promotion)];
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
/** @param made `SOURCE@DIGEST PREDICATE-TYPE` of each statement */
function signedSummary(made) {
    const rows = made.slice(0, mostRows).map((statement) => statement.split(' '));
    return [
        (0,runner/* heading */.R_)('Signed for this promotion'),
        (0,runner/* text */.Qq)(`${count(made.length, 'statement', 'statements')}; nothing is promoted yet.`),
        ...(rows.length === 0 ? [] : [(0,runner/* table */.tp)(['What', 'Predicate type'], rows)]),
    ];
}
function imageRows(plan, promotion) {
    const failed = new Set(promotion?.images.flatMap(({ promotion: { source, digest }, destination, failure }) => failure ? `${source}@${digest} ${destination}` : []));
    return plan.images.flatMap(({ source, digest, transfers }) => transfers.flatMap((transfer) => {
        const isFailed = (place) => failed.has(`${source}@${digest} ${place}`);
        const done = transfer.destinations.filter((place) => !isFailed(place));
        const row = (places, state) => places.length === 0 ? [] : [[`${source}@${digest}`, placesOf(places), contentOf(transfer), state]];
        return [
            ...row(done, promotion ? 'promoted' : 'missing'),
            ...row(transfer.destinations.filter(isFailed), 'failed'),
        ];
    }));
}
const placesOf = (places) => places.length > 3 ? `${places.slice(0, 2).join(', ')} and ${places.length - 2} more` : places.join(', ');
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
function markerRows({ markers }, promotion) {
    const failed = [...(promotion?.images ?? []), ...(promotion?.files ?? [])].some(({ failure }) => failure);
    return markers.map(({ name, from, to, destination }) => [
        name,
        destination,
        from === undefined ? to : `${from} → ${to}`,
        promotion ? (failed ? 'waits' : 'moved') : 'missing',
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
function judgementText({ judged, objections, warnings, off, gone }) {
    return [
        `The evidence policy judged ${count(judged, 'image', 'images')}: ${objections.size} blocked, ${warnings.size} with warnings.`,
        ...(off > 0 ? [`Not judged, as it says 'off': ${count(off, 'image', 'images')}.`] : []),
        ...(gone > 0
            ? [`Not judged, as they are at every destination and gone from their source: ${count(gone, 'image', 'images')}.`]
            : []),
    ].join(' ');
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

;// CONCATENATED MODULE: ./build/source/src/promote/preview.js






/**
 * The plan of image manifests that are no files yet; nothing is written anywhere.
 * @throws UserError when one names a layout that may not be used in this step
 */
async function previewPromotion(manifests, { plainHttp }, step) {
    const repositories = openRepositories(step, plainHttp);
    const wish = wishOfManifests(manifests, step);
    const observed = await observeRepositories(wish.images, { repositories, journal: noJournal, judged: false }, step);
    const images = planImages(wish.images, observed, new Map());
    const plan = joinPlans(wish, { images, files: { files: [], conflicts: [] }, markers: [] });
    return { plan, summary: summaryOf(wish, { observed }, plan, undefined) };
}

// EXTERNAL MODULE: ./build/source/src/attest/index.js + 16 modules
var attest = __webpack_require__(33863);
// EXTERNAL MODULE: ./build/source/src/sign/index.js + 13 modules
var sign = __webpack_require__(52831);
;// CONCATENATED MODULE: ./build/source/src/promote/signing/predicate.js


/** Predicate type by which a promotion says what it did. See docs/promotion-predicate.md. */
const promotionType = attest/* buildType */.fs.replace('build-type.md', 'promotion-predicate.md');
/** What is said once: a signature is the same wherever the image came from, a promotion is not. */
const statementKey = (evidence, source) => evidence.predicateType === promotionType ? `${source} ${signedKey(evidence)}` : signedKey(evidence);
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
function statementMaker(context, step) {
    const made = new Map();
    return (image, source, evidence) => {
        const key = statementKey(evidence, source);
        const subject = image.manifests.find(({ digest }) => digest === evidence.subject);
        const promoted = context.promoted.get(`${source}@${rootOf(image)}`);
        if (!(subject && promoted))
            throw new Error(`the plan has ${evidence.subject} signed, which was not looked at`);
        const attachment = made.get(key) ?? makeAttachment(evidence, subject, promoted, context, step);
        made.set(key, attachment);
        return attachment;
    };
}
/** Attaches to each copy what is signed at this promotion. */
const attachSigned = (make) => async ({ image, transfer, source, destination }) => {
    await (0,runner/* mapConcurrently */.X2)(transfer.signed, attachmentsAtOnce, async (evidence) => {
        await (0,sign/* attach */.K0)(destination, await make(image, source.address, evidence));
    });
};
async function makeAttachment(evidence, subject, promoted, { signing, found, plan }, step) {
    const { signer, kept } = signing;
    const earlier = found.get(statementKey(evidence, promoted.source));
    const known = earlier && (await readAttachment(earlier.repository, earlier.digest, subject.digest));
    if (known) {
        if (kept && earlier.repository !== kept)
            await (0,sign/* attach */.K0)(kept, known);
        return known;
    }
    const bundle = evidence.predicateType === promotionType
        ? await signPromotion(promoted, plan, signer, step)
        : await (0,sign/* signContent */.fv)({ kind: 'image', digest: evidence.subject }, signer);
    const created = `${step.now().toISOString().slice(0, 19)}Z`;
    const { mediaType, digest, size } = subject;
    const attachment = (0,sign/* attachmentOf */.r3)({ mediaType, digest, size }, bundle, evidence.predicateType, created);
    // Before any registry has it, so that after a kill here it is found.
    if (kept)
        await (0,sign/* attach */.K0)(kept, attachment);
    return attachment;
}
function signPromotion(promoted, plan, signer, step) {
    const identity = signer.signer.kind === 'keyless' ? signer.signer.identity : undefined;
    const predicate = promotionPredicate(promoted, plan, step, identity);
    const subjects = [{ name: promoted.source, digest: promoted.digest }];
    return signer.signStatement((0,attest/* serializeStatement */.US)((0,attest/* createStatement */.Ay)(subjects, promotionType, predicate)));
}
/** What an earlier run attached somewhere, byte for byte; undefined where more is attached than the bundle, which alone was verified. */
async function readAttachment(repository, digest, subject) {
    const stored = await repository.readManifest(digest);
    if (!stored)
        throw new runner/* UserError */.yo(`${repository.address}@${digest} was there just now, and is not any more`);
    const { config, layers, subject: about } = (0,oci/* parseManifest */.Ng)(stored.bytes, digest);
    if (layers.length !== 1 || config.digest !== oci/* emptyDescriptor */.p$.digest || about?.digest !== subject)
        return undefined;
    const blobs = await (0,runner/* mapConcurrently */.X2)([...layers, config], attachmentsAtOnce, async (descriptor) => ({
        descriptor,
        bytes: Buffer.concat(await (await repository.readBlob(descriptor)).toArray()),
    }));
    return { digest, manifest: stored.bytes, mediaType: stored.descriptor.mediaType, blobs };
}

;// CONCATENATED MODULE: ./build/source/src/promote/signing/observe.js



const observe_imagesAtOnce = 6;
const signing_observe_requestsAtOnce = 6;
/** Looks for what this promotion would sign: where it is kept, at the source, whence it is carried, and at each destination. */
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
        if (context.signing.kept)
            await keysAt(source, promoted, context, context.signing.kept);
        const carried = await keysAt(source, promoted, context, context.repositories.open(wish.source));
        toSign.set(image.digest, wantedOf(source, context.signing).filter((evidence) => !carried.has(signedKey(evidence))));
        await (0,runner/* mapConcurrently */.X2)(wish.destinations, signing_observe_requestsAtOnce, async (place, index) => {
            const destination = observed.destinations[index];
            if (!destination || destination.unreadable !== undefined)
                return;
            // Also where there is no tag yet: a run that was killed has left its signatures there.
            const repository = context.repositories.open(place);
            for (const key of await keysAt(source, promoted, context, repository, { tags: destination.listed })) {
                signed[index]?.add(key);
            }
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
async function keysAt(image, promoted, { signing, found }, repository, known) {
    const keys = new Set();
    await (0,runner/* mapConcurrently */.X2)(image.manifests, signing_observe_requestsAtOnce, async ({ digest }) => {
        const referrers = await repository.listReferrers(digest, known);
        for (const statement of await signing.statements(repository, digest, referrers)) {
            const { predicateType, predicate } = statement;
            if (signing.types.image.includes(predicateType) && !saysTheSame(predicate, promoted))
                continue;
            const evidence = { subject: digest, predicateType };
            keys.add(signedKey(evidence));
            const key = statementKey(evidence, promoted.source);
            if (!found.has(key))
                found.set(key, statement);
        }
    });
    return keys;
}

;// CONCATENATED MODULE: ./build/source/src/promote/signing/sign-planned.js




const statementsAtOnce = 6;
/** Makes and keeps everything that a plan has to be signed, and attaches it nowhere. One that fails does not stop the others. */
async function signPlanned(promotions, observed, context, step) {
    const { found, signing } = context;
    const images = imagesOf(observed);
    const make = statementMaker(context, step);
    const wanted = promotions.flatMap(({ source, digest, transfers }) => {
        const evidence = new Map(transfers.flatMap(({ signed }) => signed.map((one) => [signedKey(one), one])));
        const missing = [...evidence.values()].filter((one) => found.get(statementKey(one, source))?.repository !== signing.kept);
        return missing.map((one) => ({ source, item: `${source}@${digest}`, evidence: one }));
    });
    const made = [];
    const failures = [];
    const progress = step.progress('Signing', wanted.length);
    await (0,runner/* mapConcurrently */.X2)(wanted, statementsAtOnce, async ({ source, item, evidence }) => {
        step.signal.throwIfAborted();
        const image = images.get(item);
        if (!image)
            throw new Error(`the plan has ${item} signed, which was not looked at`);
        try {
            await make(image, source, evidence);
            made.push(`${source}@${evidence.subject} ${evidence.predicateType}`);
        }
        catch (error) {
            if (!(error instanceof runner/* UserError */.yo))
                throw error;
            failures.push(new runner/* UserError */.yo(`${item}: ${error.message}`, error.hint === undefined ? {} : { hint: error.hint }));
        }
        progress.advance();
    });
    progress.done();
    return { made: made.sort(), failures };
}
/** By `SOURCE@DIGEST`. */
function imagesOf({ wishes, observed }) {
    const images = new Map();
    for (const [index, { source }] of wishes.entries()) {
        for (const [digest, image] of observed[index]?.images ?? [])
            images.set(`${formatPlace(source)}@${digest}`, image);
    }
    return images;
}

// EXTERNAL MODULE: ./build/source/src/sigstore/index.js + 31 modules
var sigstore = __webpack_require__(72436);
;// CONCATENATED MODULE: ./build/source/src/promote/signing/signing.js







/** @throws UserError when there is nothing to sign with */
async function openPromotionSigning(options, step) {
    const signer = await (0,sigstore/* openSigner */.Hs)(options, step, { dryRun: options.dryRun });
    const verifier = await (0,sigstore/* openSignerVerifier */.Vy)(signer.signer, options.trustedRoot);
    const read = new Map();
    const types = [...(options.sign ? [sign/* imageSignatureType */.W8] : []), ...(options.attest ? [promotionType] : [])];
    return {
        signer,
        kept: options.signatures === undefined ? undefined : (0,registry/* openLayout */.B9)(options.signatures, 'signatures'),
        types: {
            manifest: options.sign ? [sign/* imageSignatureType */.W8] : [],
            image: options.attest ? [promotionType] : [],
        },
        async statements(repository, subject, referrers) {
            const found = [];
            for (const referrer of referrers.filter((one) => mayBe(one, types))) {
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
function mayBe({ artifactType, annotations }, types) {
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






;// CONCATENATED MODULE: ./build/source/src/promote/apply.js



/** Does what a plan says; the version markers are not moved yet. One item that fails does not stop the others. */
async function applyPlan(plan, application, step) {
    const { wish, observation, context } = application;
    const { repositories, journal, signing, stores } = context;
    const { observed, judgement } = observation;
    const attach = signing
        ? attachSigned(statementMaker(attachmentContext(signing, application), step))
        : async () => undefined;
    await noteWhole(plan, application);
    const needed = judgement?.needed ?? new Map();
    const images = await applyImages(plan.images, { wishes: wish.images, observed, needed, repositories, journal, attach }, step);
    return { images, files: await applyFiles(plan.files, stores, step) };
}
/** Makes what a plan has to be signed, to be kept for those who promote; nothing is promoted. */
async function signPlan(plan, application, step) {
    const { wish, observation, context } = application;
    if (!context.signing)
        return { made: [], failures: [] };
    const observed = { wishes: wish.images, observed: observation.observed };
    return await signPlanned(plan.images, observed, attachmentContext(context.signing, application), step);
}
const attachmentContext = (signing, { whole, observation: { found }, planDigest }) => ({ signing, found, promoted: promotedImages(whole.images), plan: planDigest });
/** What was looked at and found whole needs not be looked at again. */
async function noteWhole(plan, { wish, observation, context }) {
    const conflicting = new Set(plan.conflicts.map(({ item }) => item));
    const lacking = new Set(plan.images.flatMap(({ source, digest, transfers }) => transfers.flatMap(({ destinations }) => destinations.map((place) => `${source}@${digest} ${place}`))));
    for (const [index, { source, images, destinations }] of wish.images.entries()) {
        for (const image of images) {
            const item = `${formatPlace(source)}@${image.digest}`;
            if (conflicting.has(item) || !observation.observed[index]?.images.has(image.digest))
                continue;
            for (const place of destinations) {
                if (!lacking.has(`${item} ${formatPlace(place)}`))
                    await context.journal.note(source, image, place);
            }
        }
    }
}

;// CONCATENATED MODULE: ./build/source/src/promote/destinations.js




/**
 * `oci:PATH`, `HOST/PREFIX`, `file:PATH`, `s3://BUCKET/PREFIX` and `gs://BUCKET/PREFIX`, each once; paths are relative to the workspace.
 * @throws UserError when one is none of these, or may not be used in this step
 */
function parseDestinations(addresses, step) {
    if (addresses.length === 0) {
        throw new runner/* UserError */.yo("Nowhere to promote to: 'to' is empty", {
            hint: 'Write HOST/PREFIX or oci:FOLDER for images, file:FOLDER, s3://BUCKET or gs://BUCKET for files.',
        });
    }
    const images = [];
    const files = [];
    for (const address of new Set(addresses)) {
        if (!(0,storage/* isStoreAddress */.yx)(address))
            images.push((0,registry/* resolveLocation */.KC)((0,oci/* parseLocation */.zS)(address), step));
        else
            files.push(resolveStore(address, step));
    }
    // A malformed address fails here, before anything is read.
    for (const address of files)
        (0,storage/* openStore */.Ch)(address, step);
    return { images, files };
}
/** The address of a store with the path of a folder made absolute. @throws UserError when it may not be used in this step */
const resolveStore = (address, step) => address.startsWith('file:') ? `file:${step.resolvePath(address.slice('file:'.length))}` : address;

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

;// CONCATENATED MODULE: ./build/source/src/promote/context.js









/** Finds whatever can be wrong before a registry is asked. @throws UserError */
async function openContext(options, step) {
    const { plan, planDigest, dryRun, journal, shards, hosts, versionMarkers, pullRequest } = options;
    if (planDigest !== undefined && plan === undefined) {
        throw new runner/* UserError */.yo("'plan-digest' is of the file 'plan', which is not given");
    }
    if (shards !== undefined && !(Number.isInteger(shards) && shards > 0 && shards <= mostShards)) {
        throw new runner/* UserError */.yo(`'shards' is ${shards}`, { hint: `Give a whole number from 1 to ${mostShards}.` });
    }
    if (options.key !== undefined && !(options.sign || options.attest)) {
        throw new runner/* UserError */.yo("'key' is given, but nothing is to be signed", { hint: "Set 'sign', 'attest' or both." });
    }
    if (options.signatures !== undefined && !(options.sign || options.attest)) {
        throw new runner/* UserError */.yo("'signatures' is given, but nothing is to be signed", { hint: "Set 'sign', 'attest' or both." });
    }
    if (options.signOnly && options.signatures === undefined) {
        throw new runner/* UserError */.yo("'sign-only' needs a folder for what is signed", { hint: "Name it by 'signatures'." });
    }
    if (versionMarkers !== undefined && (options.images.length > 0 || options.manifests !== undefined)) {
        throw new runner/* UserError */.yo("'version-markers' says the version of a release, and none is promoted");
    }
    if (versionMarkers !== undefined && hosts.length > 0) {
        throw new runner/* UserError */.yo("'version-markers' come after everything else, which one shard does not see", {
            hint: "Move them by a run without 'hosts' when all shards are done.",
        });
    }
    const stores = openFileStores(step, options.githubToken);
    const markers = versionMarkers === undefined ? undefined : resolveStore(versionMarkers, step);
    if (markers !== undefined)
        stores.destination(markers);
    return {
        repositories: openRepositories(step, options.plainHttp),
        stores,
        journal: journal === undefined ? noJournal : await openJournal(journal),
        approved: plan === undefined || dryRun ? undefined : await readApprovedPlan(plan, planDigest),
        signing: options.sign || options.attest ? await openPromotionSigning(options, step) : undefined,
        pullRequest: pullRequest === undefined ? undefined : (0,src_github/* parsePullRequest */.yA)(pullRequest),
        markers,
    };
}

// EXTERNAL MODULE: ./build/source/src/policy/index.js + 13 modules
var src_policy = __webpack_require__(75589);
;// CONCATENATED MODULE: ./build/source/src/promote/evidence.js



const evidence_imagesAtOnce = 4;
/**
 * Judges at the source what was read of each image. Evidence is carried by its digest, so that what holds there holds at
 * every destination that has the same digest.
 * @throws UserError when the policy, or a key that it names, cannot be read
 */
async function judgeImages(path, wishes, observed, repositories, step) {
    const policy = await (0,src_policy/* readEvidencePolicy */._r)(path, step);
    const judge = await (0,src_policy/* openEvidenceJudge */.RJ)(policy);
    const objections = new Map();
    const warnings = new Map();
    const needed = new Map();
    const looked = wishes.flatMap((wish, index) => [...(observed[index]?.images ?? [])].map(([digest, image]) => {
        const project = wish.project === '' ? undefined : wish.project;
        return { source: wish.source, digest, image, project, mode: (0,src_policy/* requirementsOf */.CG)(policy, project).mode };
    }));
    const items = looked.filter(({ mode }) => mode !== 'off');
    const progress = step.progress('Judging evidence', items.length);
    await (0,runner/* mapConcurrently */.X2)(items, evidence_imagesAtOnce, async ({ source, digest, image, project, mode }) => {
        step.signal.throwIfAborted();
        const judged = await judgeImage(judge, project, image, repositories.open(source));
        const item = `${formatPlace(source)}@${digest}`;
        // An image that two projects promote has to please both.
        const add = (map, more) => {
            if (more.length > 0)
                map.set(item, [...(map.get(item) ?? []), ...more]);
        };
        add(mode === 'require' ? objections : warnings, judged.messages);
        if (mode === 'require')
            add(needed, judged.needed);
        progress.advance();
    });
    progress.done();
    for (const [item, messages] of warnings)
        for (const message of messages)
            step.log.warning(`${item}: ${message}`);
    return {
        objections,
        warnings,
        needed,
        judged: items.length,
        off: looked.length - items.length,
        gone: wishes.reduce((sum, wish, index) => sum + goneFrom(wish, observed[index]), 0),
    };
}
const goneFrom = ({ images }, observed) => images.filter(({ digest }) => !observed?.images.has(digest) && !observed?.unreadable.has(digest)).length;
async function judgeImage(judge, project, image, repository) {
    try {
        const { findings, needed } = await judge.judge(project, {
            manifests: image.manifests.flatMap(({ stored }) => stored ?? []),
            evidence: image.evidence.flatMap(withManifests),
        }, repository);
        return { messages: findings.map(({ manifest, message }) => `${manifest}: ${message}`), needed };
    }
    catch (error) {
        if (!(error instanceof runner/* UserError */.yo))
            throw error;
        // Evidence that cannot be read proves nothing.
        return { messages: [(0,runner/* describeError */.Uc)(error)], needed: [] };
    }
}
const withManifests = ({ manifests, ...evidence }) => (manifests ? [{ ...evidence, manifests }] : []);

;// CONCATENATED MODULE: ./build/source/src/promote/observe.js




/**
 * @param whole the wish with the destinations of all shards
 * @param policy path of the evidence policy
 */
async function observe(wish, whole, context, step) {
    const { repositories, journal, signing, policy } = context;
    const judged = policy !== undefined || signing !== undefined;
    const observed = await observeRepositories(wish.images, { repositories, journal, judged }, step);
    const judgement = policy === undefined ? undefined : await judgeImages(policy, wish.images, observed, repositories, step);
    const signed = signing
        ? await observeSigned(wish.images, observed, { signing, repositories, promoted: promotedImages(whole.images) })
        : { observed, found: new Map() };
    return {
        ...signed,
        ...(judgement ? { judgement } : {}),
        files: await observeFiles(wish.files, context.stores, step),
        markers: context.markers === undefined || whole.version === undefined
            ? new Map()
            : await observeMarkers(whole.version, context.stores.destination(context.markers)),
    };
}

;// CONCATENATED MODULE: ./build/source/src/promote/outcome.js

/** Why a promotion is not complete; empty when it is. */
function failuresOf(plan, promotion, wish) {
    const conflicts = plan.conflicts
        .filter(({ kind }) => kind !== 'malformed')
        .map(({ item, message }) => new runner/* UserError */.yo(`${item}: ${message}`));
    const malformed = wish.malformed.map(({ what, message, location }) => new runner/* UserError */.yo(`${what}: ${message}`, { location }));
    const failed = [...(promotion?.images ?? []), ...(promotion?.files ?? [])].flatMap(({ failure }) => failure ?? []);
    const failures = [...malformed, ...conflicts, ...failed];
    const waiting = failures.length > 0 && promotion ? plan.markers.map(({ name }) => name) : [];
    return waiting.length === 0
        ? failures
        : [...failures, new runner/* UserError */.yo(`${waiting.join(', ')}: not moved, as not everything is there`)];
}
/** What is newly there, as references and addresses. */
function promotedBy(promotion) {
    const images = (promotion?.images ?? [])
        .filter(({ failure }) => !failure)
        .flatMap(({ promotion: { digest }, transfer: { tags }, destination }) => tags.length === 0 ? `${destination}@${digest}` : tags.map((tag) => `${destination}:${tag}@${digest}`));
    const files = (promotion?.files ?? [])
        .filter(({ failure }) => !failure)
        .map(({ file }) => `${file.destination}/${file.name}`);
    return [...images, ...files];
}

// EXTERNAL MODULE: ./build/source/src/manifests/index.js + 20 modules
var manifests = __webpack_require__(37183);
// EXTERNAL MODULE: ./build/source/src/mirrors/index.js + 21 modules
var src_mirrors = __webpack_require__(54769);
;// CONCATENATED MODULE: ./build/source/src/promote/read-wish.js







/**
 * What shall be where, from whatever the options name.
 * @throws UserError or FailedItems when the input is wrong, or a file of the release is not what the record says
 */
async function readWish(options, repositories, step) {
    const { images, manifests, to } = options;
    const sources = [options.release && 'release', images.length > 0 && 'images', manifests && 'manifests'].filter(Boolean);
    if (sources.length > 1) {
        throw new runner/* UserError */.yo(`Two sources to promote from: ${sources.join(' and ')}`, { hint: 'Give one of them.' });
    }
    if (options.mirrors !== undefined && to.length > 0) {
        throw new runner/* UserError */.yo("'to' and 'mirrors' both name destinations", { hint: 'Give one of them.' });
    }
    const mirrors = options.mirrors === undefined ? undefined : await (0,src_mirrors/* readMirrors */.ph)(options.mirrors, step);
    if (manifests !== undefined) {
        if (to.length > 0) {
            throw new runner/* UserError */.yo("Promotion manifests name their own destinations; 'to' has no meaning with them");
        }
        return { wish: await wishAt(manifests, mirrors, options.githubToken, step), releaseDigest: '' };
    }
    const destinations = mirrors ? (0,src_mirrors/* destinationsOf */.Nu)(mirrors) : parseDestinations(to, step);
    if (images.length > 0) {
        return { wish: await wishOfImages(images, destinations, repositories, step), releaseDigest: '' };
    }
    const release = await openProven(options.release ?? step.resolvePath('release'), destinations, step);
    return { wish: wishOfRelease(release, destinations), releaseDigest: release.digest };
}
/** What the manifests at a path ask for. With a mirrors policy their destinations stand for all mirrors. */
async function wishAt(path, mirrors, githubToken, step) {
    const found = await (0,manifests/* readManifests */.PX)(path);
    switch (found.kind) {
        case 'images': {
            const manifests = found.manifests.map((manifest) => mirrors ? { ...manifest, destinations: (0,src_mirrors/* mirroredImages */.F2)(mirrors, manifest) } : manifest);
            return wishOfManifests(manifests, step);
        }
        case 'files': {
            const manifests = found.manifests.map((manifest) => ({
                ...manifest,
                source: resolveStore(manifest.source, step),
                destinations: (mirrors ? (0,src_mirrors/* mirroredFiles */.an)(mirrors, manifest) : manifest.destinations).map((address) => resolveStore(address, step)),
            }));
            const malformed = manifests.flatMap(({ findings }) => findings.map(({ rule, message, location }) => ({ what: rule, message, location })));
            return { images: [], files: wishOfFileManifests(manifests), malformed };
        }
        case 'releases': {
            const configs = found.configs.map((config) => ({
                ...config,
                destination: resolveStore(config.destination, step),
            }));
            return { images: [], ...(await wishOfReleases(configs, githubToken, step)) };
        }
    }
}
/** Only what is published is hashed; images are proven as they are read. */
async function openProven(directory, destinations, step) {
    const release = await (0,src_release/* openRelease */.gS)(directory);
    if (destinations.files.length > 0)
        await (0,src_release/* proveSubjects */.i6)(release, step, (0,src_release/* fileSubjects */.QC)(release.record));
    return release;
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
        const state = states([`${source}@${digest}`], destination);
        return { source, digest, destination, tags, ...state };
    })));
    const files = approved.files
        .filter(({ destination }) => isOurs(destination))
        .map(({ name, sha256, destination, source }) => {
        // A conflict names a file at its destination, or at its source where it concerns all of them.
        const items = [fileKey({ name, destination }), sourceKey(source)];
        return { name, sha256, destination, ...states(items, destination) };
    });
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
    for (const file of plan.files)
        note(fileKey(file), file.destination, { state: 'planned' });
    for (const { promotion: image, destination, failure } of promotion?.images ?? []) {
        note(`${image.source}@${image.digest}`, destination, stateOf(failure));
    }
    for (const { file, failure } of promotion?.files ?? [])
        note(fileKey(file), file.destination, stateOf(failure));
    return (items, destination) => {
        const conflict = plan.conflicts.find((one) => items.includes(one.item) && (one.destination === undefined || one.destination === destination));
        return (known.get(`${items[0]} ${destination}`) ??
            (conflict ? { state: 'blocked', reason: conflict.message } : { state: 'present' }));
    };
}
const stateOf = (failure) => failure ? { state: 'failed', reason: (0,runner/* describeError */.Uc)(failure) } : { state: 'promoted' };

;// CONCATENATED MODULE: ./build/source/src/promote/promote.js
















/**
 * Brings images with their evidence, and files, to their destinations; does nothing where they are already.
 * @throws UserError before anything is written, when the input is wrong or the plan is not the approved one
 * @throws FailedItems after everything else is done, when an image or file is in conflict or failed
 */
async function promote(options, step) {
    const { dryRun, hosts } = options;
    const context = await openContext(options, step);
    const { wish: whole, releaseDigest } = await readWish(options, context.repositories, step);
    const wish = restrict(whole, hosts);
    const observation = await observe(wish, whole, { ...context, policy: options.policy }, step);
    const { approved } = context;
    const found = planOf(wish, observation, context);
    const plan = approved ? holdBack(found, approved) : found;
    if (approved)
        requireApproved(plan, approved);
    const planDigest = digestOfPlan(approved ?? plan);
    const application = { wish, whole, observation, context, planDigest };
    const resultOf = (promoted) => ({
        releaseDigest,
        plan: (0,runner/* fitsOutput */.i6)(plan) ? plan : '',
        planDigest,
        promoted,
        changed: promoted.length > 0,
        matrix: shardsOf(plan, options.shards ?? mostShards),
    });
    if (options.signOnly && !dryRun) {
        const { made, failures } = await signPlan(plan, application, step);
        step.summary(...signedSummary(made));
        return requireNone('Signing is not complete', failures, resultOf(made));
    }
    const promotion = dryRun ? undefined : await applyPlan(plan, application, step);
    const failures = failuresOf(plan, promotion, wish);
    const moved = promotion && failures.length === 0 ? await moveMarkers(plan, whole, context, step) : [];
    const blocks = summaryOf(wish, observation, plan, promotion);
    step.summary(...blocks);
    if (dryRun && options.plan !== undefined)
        await writePlan(options.plan, plan);
    if (options.report !== undefined) {
        const report = reportOf(approved ?? plan, plan, promotion, hosts);
        await (0,src_release/* atomicWrite */.L8)(options.report, `${JSON.stringify(report, null, 2)}\n`);
    }
    if (context.pullRequest)
        await comment(context.pullRequest, options.githubToken, blocks, step);
    const promoted = [...promotedBy(promotion), ...moved];
    if (promoted.length + failures.length === 0 && !dryRun) {
        step.log.info('Everything is there already; nothing was written');
    }
    return requireNone('Promotion is not complete', failures, resultOf(promoted));
}
/** What a step that failed found out stays its output. */
function requireNone(what, failures, result) {
    if (failures.length > 0)
        throw new runner/* FailedItems */.uE(what, failures, { outputs: { ...result } });
    return result;
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
function planOf(wish, observation, { markers }) {
    const { observed, judgement, files } = observation;
    return joinPlans(wish, {
        images: planImages(wish.images, observed, judgement?.objections ?? new Map()),
        files: planFiles(wish.files, files),
        markers: markers === undefined || wish.version === undefined
            ? []
            : planMarkers(wish.version, observation.markers).map((move) => ({ ...move, destination: markers })),
    });
}
/** @returns the addresses of what was moved */
async function moveMarkers(plan, { version }, { stores, markers }, step) {
    if (markers === undefined || version === undefined || plan.markers.length === 0)
        return [];
    const moves = await applyMarkers(version, stores.destination(markers), step);
    return moves.map(({ name }) => `${markers}/${name}`);
}
async function comment(pullRequest, token, blocks, step) {
    const github = await (0,src_github/* openGitHub */.o6)(token, step);
    await (0,src_github/* upsertComment */.lB)(github, pullRequest, { marker: 'promotion-plan', body: (0,runner/* renderMarkdown */.Gc)(blocks) });
}

;// CONCATENATED MODULE: ./build/source/src/promote/index.js
/**
 * Promotion: images with their evidence, and files, from where they were made to where users get them.
 * It plans from what is there, and does only what is missing; evidence comes before the tag.
 */












/***/ })

};
