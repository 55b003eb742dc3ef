export const id = 5310;
export const ids = [5310];
export const modules = {

/***/ 55310:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var _src_promote_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49776);
/* harmony import */ var _src_runner_index_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68492);
/* harmony import */ var _definition_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(43186);



/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_src_runner_index_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .XI)(_definition_js__WEBPACK_IMPORTED_MODULE_2__/* .definition */ .m, _src_promote_index_js__WEBPACK_IMPORTED_MODULE_0__/* .promote */ .pt));


/***/ })

};
