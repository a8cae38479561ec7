import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

/** An empty chart as large as its host. It is most of the window's code, and is loaded where one is shown. */
export const lineChart = (host: HTMLElement): EChartsType => init(host, null, { renderer: 'canvas' });
