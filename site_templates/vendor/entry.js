// What the interactive view needs of Vega: no maps, no networks, no word clouds, and expressions read, not compiled.
import { transforms } from "vega-dataflow";
import * as encode from "vega-encode";
import { expressionInterpreter } from "vega-interpreter";
import { parse } from "vega-parser";
import * as basic from "vega-transforms";
import { View } from "vega-view";
import * as layout from "vega-view-transforms";

Object.assign(transforms, basic, encode, layout);
export { View, expressionInterpreter, parse };
