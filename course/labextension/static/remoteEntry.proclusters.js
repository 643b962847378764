// What JupyterLab and Notebook load first: a federated module, written by hand, without a bundler.
// It hands over one plugin; the rest stands in the small modules beside this file.
(() => {
  const here = document.currentScript.src;
  let scope = {};

  // A library that JupyterLab itself carries, so that we use its very objects.
  async function shared(name) {
    const versions = Object.values(scope[name] || {});
    const factory = await versions[0].get();
    return factory();
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.proclusters = {
    init: given => {
      scope = given;
    },
    get: async () => {
      const [{ makePlugin }, notebook, lumino, services] = await Promise.all([
        import(new URL('plugin.js', here)),
        shared('@jupyterlab/notebook'),
        shared('@lumino/widgets'),
        shared('@jupyterlab/services')
      ]);
      const plugin = makePlugin({ ...notebook, ...lumino, ...services });
      return () => ({ __esModule: true, default: [plugin] });
    }
  };
})();
