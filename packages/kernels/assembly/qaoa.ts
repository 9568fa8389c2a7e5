/**
 * The QAOA kernel's exports: what layers.ts and sums.ts hold, in float64 (names ending in 64) and float32 (32). Everything
 * is addressed by pointers that the host hands out; nothing is allocated here.
 */
import * as layers from './layers';
import * as sums from './sums';

export function tableBlocks64(
  re: usize, im: usize, index: usize, table: usize, low: u32, t: f64, from: u32, to: u32,
): void {
  layers.tableBlocks<f64>(re, im, index, table, low, t, from, to);
}

export function tableBlocks32(
  re: usize, im: usize, index: usize, table: usize, low: u32, t: f64, from: u32, to: u32,
): void {
  layers.tableBlocks<f32>(re, im, index, table, low, t, from, to);
}

export function computedBlocks64(
  re: usize, im: usize, costs: usize, low: u32, gamma: f64, scale: f64, t: f64, from: u32, to: u32,
): void {
  layers.computedBlocks<f64>(re, im, costs, low, gamma, scale, t, from, to);
}

export function computedBlocks32(
  re: usize, im: usize, costs: usize, low: u32, gamma: f64, scale: f64, t: f64, from: u32, to: u32,
): void {
  layers.computedBlocks<f32>(re, im, costs, low, gamma, scale, t, from, to);
}

export function mixerBlocks64(re: usize, im: usize, low: u32, scale: f64, t: f64, from: u32, to: u32): void {
  layers.mixerBlocks<f64>(re, im, low, scale, t, from, to);
}

export function mixerBlocks32(re: usize, im: usize, low: u32, scale: f64, t: f64, from: u32, to: u32): void {
  layers.mixerBlocks<f32>(re, im, low, scale, t, from, to);
}

export function mixerTiles64(re: usize, im: usize, first: u32, last: u32, columns: u32, t: f64, from: u32, to: u32): void {
  layers.mixerTiles<f64>(re, im, first, last, columns, t, from, to);
}

export function mixerTiles32(re: usize, im: usize, first: u32, last: u32, columns: u32, t: f64, from: u32, to: u32): void {
  layers.mixerTiles<f32>(re, im, first, last, columns, t, from, to);
}

export function mirrorBlocks64(
  re: usize, im: usize, qubits: u32, pairs: u32, t: f64, from: u32, to: u32,
): void {
  layers.mirrorBlocks<f64>(re, im, qubits, pairs, t, from, to);
}

export function mirrorBlocks32(
  re: usize, im: usize, qubits: u32, pairs: u32, t: f64, from: u32, to: u32,
): void {
  layers.mirrorBlocks<f32>(re, im, qubits, pairs, t, from, to);
}

export function squaredNorm64(re: usize, im: usize, unit: u32, parts: usize, from: u32, to: u32): void {
  sums.squaredNorm<f64>(re, im, unit, parts, from, to);
}

export function squaredNorm32(re: usize, im: usize, unit: u32, parts: usize, from: u32, to: u32): void {
  sums.squaredNorm<f32>(re, im, unit, parts, from, to);
}

export function diagonalExpectation64(
  re: usize, im: usize, costs: usize, unit: u32, parts: usize, from: u32, to: u32,
): void {
  sums.diagonalExpectation<f64>(re, im, costs, unit, parts, from, to);
}

export function diagonalExpectation32(
  re: usize, im: usize, costs: usize, unit: u32, parts: usize, from: u32, to: u32,
): void {
  sums.diagonalExpectation<f32>(re, im, costs, unit, parts, from, to);
}

export function multiplyDiagonal64(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, costs: usize, unit: u32, from: u32, to: u32,
): void {
  sums.multiplyDiagonal<f64>(aRe, aIm, bRe, bIm, costs, unit, from, to);
}

export function multiplyDiagonal32(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, costs: usize, unit: u32, from: u32, to: u32,
): void {
  sums.multiplyDiagonal<f32>(aRe, aIm, bRe, bIm, costs, unit, from, to);
}

export function costOverlap64(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, costs: usize, unit: u32, parts: usize, from: u32, to: u32,
): void {
  sums.costOverlap<f64>(aRe, aIm, bRe, bIm, costs, unit, parts, from, to);
}

export function costOverlap32(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, costs: usize, unit: u32, parts: usize, from: u32, to: u32,
): void {
  sums.costOverlap<f32>(aRe, aIm, bRe, bIm, costs, unit, parts, from, to);
}

export function mixerOverlapBlocks64(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, low: u32, parts: usize, from: u32, to: u32,
): void {
  sums.mixerOverlapBlocks<f64>(aRe, aIm, bRe, bIm, low, parts, from, to);
}

export function mixerOverlapBlocks32(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, low: u32, parts: usize, from: u32, to: u32,
): void {
  sums.mixerOverlapBlocks<f32>(aRe, aIm, bRe, bIm, low, parts, from, to);
}

export function mixerOverlapTiles64(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, first: u32, last: u32, parts: usize, from: u32, to: u32,
): void {
  sums.mixerOverlapTiles<f64>(aRe, aIm, bRe, bIm, first, last, parts, from, to);
}

export function mixerOverlapTiles32(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, first: u32, last: u32, parts: usize, from: u32, to: u32,
): void {
  sums.mixerOverlapTiles<f32>(aRe, aIm, bRe, bIm, first, last, parts, from, to);
}

export function mirrorOverlap64(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, qubits: u32, unit: u32, parts: usize, from: u32, to: u32,
): void {
  sums.mirrorOverlap<f64>(aRe, aIm, bRe, bIm, qubits, unit, parts, from, to);
}

export function mirrorOverlap32(
  aRe: usize, aIm: usize, bRe: usize, bIm: usize, qubits: u32, unit: u32, parts: usize, from: u32, to: u32,
): void {
  sums.mirrorOverlap<f32>(aRe, aIm, bRe, bIm, qubits, unit, parts, from, to);
}
