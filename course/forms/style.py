"""How forms look: on a screen of 1366×768, in a dark theme, and on paper."""

from __future__ import annotations

STYLE = """<style>
.jp-OutputArea-child:has(.proclusters-mirror),.proclusters-mirror{display:none}
.proclusters{border:1px solid #b8c0cc;border-left:4px solid #1f4e79;border-radius:3px;
 padding:10px 14px 8px;max-width:920px;overflow:visible;break-inside:avoid}
.proclusters,.proclusters .jupyter-widgets{font-size:14px;line-height:1.45}
.proclusters .jupyter-widgets{margin:0;overflow:visible}
.proclusters .widget-label,.proclusters-label .widget-html-content{width:auto;height:auto;
 white-space:normal;overflow:visible;text-align:left;font-weight:600;font-size:14px;
 line-height:1.4;color:var(--jp-ui-font-color0,#1a1a1a);margin:0 0 6px;padding:0}
.proclusters .widget-html{height:auto;line-height:1.4}
.proclusters .widget-html-content{line-height:1.4;font-size:14px;white-space:normal;
 color:var(--jp-ui-font-color0,#1a1a1a)}
.proclusters input[type=text],.proclusters textarea,.proclusters select{font-size:14px;
 height:32px;padding:3px 8px;border:1px solid #6b7684;border-radius:3px;width:100%;
 box-sizing:border-box;max-width:none}
.proclusters input:focus-visible,.proclusters textarea:focus-visible,
.proclusters select:focus-visible,.proclusters button:focus-visible{outline:2px solid #1f6fc4;
 outline-offset:1px;border-color:#1f6fc4}
.proclusters textarea{font-family:inherit;height:auto;line-height:1.45;
 resize:vertical;padding:6px 8px}
.proclusters .widget-textarea{display:block;width:100%}
.proclusters .widget-textarea>.widget-label{display:block}
.proclusters-line{display:grid;grid-template-columns:230px auto minmax(0,1fr);column-gap:10px;
 align-items:center;width:100%}
.proclusters-line>.widget-text{display:contents}
.proclusters-line>.widget-text>.widget-label{grid-column:1/-1}
.proclusters-line .unit{white-space:nowrap}
.proclusters .widget-radio{display:block;width:100%}
.proclusters .widget-radio>.widget-label{display:block}
.proclusters .widget-radio .widget-radio-box{display:block;margin:0!important;
 padding:0;height:auto!important;min-height:0}
.proclusters .widget-radio-box label{display:flex;flex-direction:row-reverse;
 justify-content:flex-end;align-items:flex-start;width:100%;height:auto;line-height:1.4;
 font-size:14px;white-space:normal;margin:0;padding:3px 0}
.proclusters .widget-radio-box input{flex:none;margin:3px 9px 0 1px;width:15px;height:15px}
.proclusters-choices{display:block;width:100%}
.proclusters-choices .widget-checkbox{display:block;width:100%;height:auto;line-height:1.4}
.proclusters-choices .widget-checkbox label{display:flex;align-items:flex-start;width:auto;
 height:auto;white-space:normal;line-height:1.4;font-size:14px;padding:3px 0;
 font-weight:400;overflow:visible;color:var(--jp-ui-font-color0,#1a1a1a)}
.proclusters-choices .widget-checkbox input[type=checkbox]{flex:0 0 15px;width:15px;height:15px;
 margin:3px 9px 0 1px}
.proclusters-choices .widget-checkbox label span{flex:1 1 auto;text-align:left}
.proclusters-match{display:block;width:100%}
.proclusters-match .widget-dropdown{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);
 column-gap:14px;align-items:center;width:100%;height:auto;padding:4px 0;
 border-top:1px solid #d5dae1}
.proclusters-match .widget-label{font-weight:400;margin:0}
.proclusters-table{width:100%;gap:0;align-items:stretch;border:1px solid #b8c0cc;
 margin-bottom:6px!important;overflow:auto!important;max-height:min(56vh,560px);
 scroll-padding:44px 8px 8px 44px}
.proclusters-table>.proclusters-head{position:sticky;top:0;z-index:2}
.proclusters-table>.proclusters-title{position:sticky;left:0;z-index:1}
.proclusters-table>.proclusters-head:first-child{left:0;z-index:3}
.proclusters-table>.proclusters-head,.proclusters-table>.proclusters-title{
 background:var(--jp-layout-color1,#fff)}
.proclusters-tools{display:flex;gap:10px;flex-wrap:wrap}
.proclusters-table>.widget-html{padding:5px 8px;border-bottom:1px solid #d5dae1;
 display:flex;align-items:center}
.proclusters-table>.widget-html>.widget-html-content{align-self:center;min-width:0}
.proclusters-table>.widget-html b{font-size:13px;line-height:1.3;display:block}
.proclusters-table>.widget-html>.widget-label{display:none}
.proclusters-table>.widget-text,.proclusters-table>.widget-dropdown{width:100%;height:auto;
 padding:3px;border-bottom:1px solid #d5dae1;border-left:1px solid #d5dae1}
.proclusters-table input[type=text]{padding:3px 6px}
.proclusters-table select{padding:3px 2px}
.proclusters button{width:auto!important;align-self:flex-start;font-size:14px;height:32px;
 line-height:30px;margin:2px 0 6px}
.proclusters-table>button.proclusters-remove{width:28px!important;height:28px;line-height:26px;
 margin:4px 2px;padding:0;align-self:center;background:transparent;
 color:var(--jp-ui-font-color1,#1a1a1a)}
.proclusters-status .widget-html-content{font-size:13px}
.proclusters>.proclusters-status{min-height:20px;margin-top:4px}
.proclusters-status .saved{color:#1b6e3c}
.proclusters-status .typing{color:#5f6b7a}
.proclusters-status .problem{color:#a3241b;font-weight:600}
[data-jp-theme-light=false] .proclusters-status .saved{color:#7fd4a0}
[data-jp-theme-light=false] .proclusters-status .typing{color:#b4bdc9}
[data-jp-theme-light=false] .proclusters-status .problem{color:#ff9a90}
.proclusters-play .widget-slider,.proclusters-play .widget-dropdown{width:100%;max-width:640px;
 height:auto;min-height:32px}
.proclusters-play .widget-label{flex:0 0 220px;font-weight:400;margin:0 10px 0 0}
.proclusters-play .widget-readout{font-size:14px;min-width:60px}
@media print{.proclusters{max-width:none;border-color:#555;background:#fff}
 .proclusters *{color:#000!important}
 .proclusters-table{max-height:none!important;overflow:visible!important;
 grid-auto-flow:row}
 .proclusters-table>*{break-inside:avoid}
 .proclusters-table>.proclusters-head,.proclusters-table>.proclusters-title{position:static}
 .proclusters button.proclusters-remove{display:block!important;visibility:hidden}
 .proclusters button,.proclusters-play{display:none!important}}
</style>"""
