/** The facets of a text `.stl`, in one pass in slices. Not with three's loader, which holds the page up for seconds. */
import { FloatList } from './float-list';
import { meshBroken, meshNoSurface, meshTruncated } from './import-error';
import { MAX_TRIANGLES, trianglesMany } from './mesh-check';
import { PlaceShift } from './place-shift';
import { linesVisit, type Breathe } from './slices';

/**
 * Corners of the triangles, three numbers each; normals follow from them.
 * @throws MeshImportError
 */
export async function stlTextRead(file: string, text: string, breathe: Breathe): Promise<FloatList> {
  const positions = new FloatList();
  const shift = new PlaceShift();
  let [facets, ended, vertices] = [0, 0, 0];
  let hasEnd = false;
  let bad: string | null = null;
  await linesVisit(text, breathe, (raw) => {
    const line = raw.trim();
    const [keyword = '', ...words] = line.split(/\s+/);
    switch (keyword.toLowerCase()) {
      case 'facet':
        facets += 1;
        if (facets > MAX_TRIANGLES) throw trianglesMany(file);
        break;
      case 'endfacet':
        ended += 1;
        break;
      case 'endsolid':
        hasEnd = true;
        break;
      case 'vertex': {
        vertices += 1;
        const numbers = words.map(Number);
        const [x = NaN, y = NaN, z = NaN] = numbers;
        if (numbers.length < 3 || !numbers.every(Number.isFinite)) bad ??= line;
        positions.push(...shift.moved(x, y, z));
      }
    }
  });
  if (facets === 0) throw meshNoSurface(file, 'triangles-none', {});
  if (facets !== ended || !hasEnd) throw meshTruncated(file, 'stl-facets', { begun: facets, ended });
  if (vertices !== facets * 3) throw meshBroken(file, 'stl-vertices', { facets, needed: facets * 3, count: vertices });
  if (bad !== null) throw meshBroken(file, 'stl-line', { line: bad });
  return positions;
}
