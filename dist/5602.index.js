export const id = 5602;
export const ids = [5602];
export const modules = {

/***/ 55602:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var _src_manifests_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37183);
/* harmony import */ var _src_runner_index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68492);
/* harmony import */ var _definition_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28814);



/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_src_runner_index_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .XI)(_definition_js__WEBPACK_IMPORTED_MODULE_2__/* .definition */ .m, async (input, step) => ({ findings: await (0,_src_manifests_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lintManifests */ .Ii)(input, step) })));


/***/ })

};
