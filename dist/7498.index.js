export const id = 7498;
export const ids = [7498];
export const modules = {

/***/ 97498:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseConfiguration: () => (/* binding */ parseConfiguration)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38815);
/* harmony import */ var _errors_index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70245);
/* harmony import */ var _suggest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(33266);



/**
 * Reads the text of `release.yaml`. Lists may be YAML lists, and inputs of type `yaml` may be nested.
 * @throws UserError with file, line and column for unknown actions and inputs ("did you mean") and wrong shapes
 */
function parseConfiguration(path, text, definitions) {
    const lines = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
    const document = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseDocument */ .Tp)(text, { lineCounter: lines, uniqueKeys: true });
    const at = (offset) => {
        const place = offset === undefined ? undefined : lines.linePos(offset);
        return { location: { file: path, ...(place ? { line: place.line, column: place.col } : {}) } };
    };
    const syntax = document.errors[0];
    if (syntax)
        throw new _errors_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(syntax.message.split('\n')[0] ?? 'not YAML', at(syntax.pos[0]));
    if (document.contents === null)
        return {};
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(document.contents))
        throw new _errors_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('release.yaml maps action names to their inputs', at(0));
    const configuration = {};
    for (const pair of document.contents.items) {
        const name = keyOf(pair);
        const definition = definitions.find((candidate) => candidate.name === name);
        if (!definition)
            throw unknownName('action', name, definitions.map((candidate) => candidate.name), at(offsetOf(pair)));
        const inputs = {};
        configuration[name] = inputs;
        if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(pair.value) && pair.value.value === null)
            continue;
        if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(pair.value))
            throw new _errors_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`'${name}' maps input names to values`, at(offsetOf(pair)));
        for (const member of pair.value.items) {
            const input = keyOf(member);
            const type = definition.inputs[input]?.type;
            if (!type)
                throw unknownName(`input of '${name}'`, input, Object.keys(definition.inputs), at(offsetOf(member)));
            if (type === 'yaml')
                inputs[input] = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .Document */ .yo(member.value).toString();
            else if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isSeq */ .oP)(member.value) && type === 'list')
                inputs[input] = member.value.items.map((item) => scalarText(item)).join('\n');
            else if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(member.value))
                inputs[input] = scalarText(member.value);
            else
                throw new _errors_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`Input '${input}' of '${name}' is ${type === 'list' ? 'a list of texts' : 'one value'}`, at(offsetOf(member)));
        }
    }
    return configuration;
}
const keyOf = (pair) => ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(pair.key) ? String(pair.key.value) : String(pair.key));
const offsetOf = (pair) => ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(pair.key) ? pair.key.range?.[0] : undefined);
// The source keeps `1.10` as it was written; the parsed value would be the number 1.1.
const scalarText = (node) => (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node) ? (typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))) : String(node);
function unknownName(kind, name, known, options) {
    const near = (0,_suggest_js__WEBPACK_IMPORTED_MODULE_2__/* .suggest */ .Z)(name, known);
    return new _errors_index_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`Unknown ${kind}: '${name}'`, {
        ...options,
        hint: near ? `Did you mean '${near}'?` : `Known: ${[...known].sort().join(', ')}.`,
    });
}


/***/ })

};
