/**
 * The WebGL program that draws the skills of a large map: one quad per skill, its shape by a signed distance in the
 * fragment shader (disc = mastered, diamond = ready, square = locked), so that status can be told without colour.
 */
import { NodeProgram, type ProgramInfo } from 'sigma/rendering';
import type { NodeDisplayData, RenderParams } from 'sigma/types';
import { floatColor } from 'sigma/utils';
import type { SkillStatus } from './map-graph.ts';

/** What this program reads of a node beside Sigma's own attributes. */
export interface SkillDisplayData extends NodeDisplayData {
  readonly status: SkillStatus;
  /** CSS colour of the outline. */
  readonly outline: string;
}

const SHAPE: Readonly<Record<SkillStatus, number>> = { mastered: 0, ready: 1, locked: 2 };

// WebGL's own numbers for these constants; `WebGLRenderingContext` does not exist where tests import this file.
const TRIANGLES = 4;
const UNSIGNED_BYTE = 5121;
const FLOAT = 5126;

const UNIFORMS = ['u_matrix', 'u_sizeRatio', 'u_correctionRatio'] as const;

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_outline;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec4 v_outline;
varying vec2 v_place;
varying float v_shape;
varying float v_pixel;

void main() {
  float radius = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  // The quad is a little larger than the shape, which leaves room for its smooth edge.
  vec2 position = a_position + a_corner * radius * 1.3;
  gl_Position = vec4((u_matrix * vec3(position, 1.0)).xy, 0.0, 1.0);
  v_place = a_corner * 1.3;
  v_shape = a_shape;
  v_pixel = u_sizeRatio / a_size;
  // Sigma packs colours with an alpha of at most 254.
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_outline = a_outline;
  v_color.a *= 255.0 / 254.0;
  v_outline.a *= 255.0 / 254.0;
}
`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec4 v_outline;
varying vec2 v_place;
varying float v_shape;
varying float v_pixel;

// Signed distances of a unit disc, a diamond of the same area and a square of nearly that, negative inside.
float distanceTo(vec2 place, float shape) {
  vec2 size = abs(place);
  if (shape < 0.5) return length(place) - 1.0;
  if (shape < 1.5) return (size.x + size.y - 1.25) * 0.7071;
  return max(size.x, size.y) - 0.8;
}

void main() {
  float distance = distanceTo(v_place, v_shape);
  #ifdef PICKING_MODE
  if (distance > 0.25) discard;
  gl_FragColor = v_color;
  #else
  float smooth_ = max(v_pixel, 0.05);
  float inside = 1.0 - smoothstep(-smooth_, smooth_, distance);
  float rim = smoothstep(-0.34 - smooth_, -0.34 + smooth_, distance);
  vec4 color = mix(v_color, v_outline, rim);
  gl_FragColor = vec4(color.rgb, 1.0) * (color.a * inside);
  #endif
}
`;

export class SkillProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS,
      ATTRIBUTES: [
        { name: 'a_position', size: 2, type: FLOAT },
        { name: 'a_size', size: 1, type: FLOAT },
        { name: 'a_shape', size: 1, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_outline', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: 'a_corner', size: 2, type: FLOAT }],
      CONSTANT_DATA: [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, -1],
        [1, 1],
        [-1, 1],
      ],
    };
  }

  override processVisibleItem(nodeIndex: number, offset: number, data: NodeDisplayData): void {
    const { status, outline } = data as SkillDisplayData;
    this.array.set(
      [data.x, data.y, data.size, SHAPE[status], floatColor(data.color), floatColor(outline), nodeIndex],
      offset,
    );
  }

  override setUniforms(
    { matrix, sizeRatio, correctionRatio }: RenderParams,
    { gl, uniformLocations }: ProgramInfo,
  ): void {
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
    gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
    gl.uniform1f(uniformLocations.u_correctionRatio, correctionRatio);
  }
}
