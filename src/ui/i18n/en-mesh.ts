/**
 * English sentences about a person's own mesh that was refused. They come with the first refusal, so the page's first load is without them.
 * A reason that names `{file}` is a whole sentence; any other is a clause for the frame of its kind (`frame.…`).
 */
export const enMesh = {
  quoted: '“{text}”',
  'list.mark': ', ',
  'frame.broken': '“{file}” is broken: {reason}. Export it again, or open it in another program and save it as GLB.',
  'frame.truncated': '“{file}” ends too early: {reason}. Copy or download the whole file again.',
  'frame.unsupported': '“{file}” cannot be shown: {reason}.',
  'frame.no-surface': '“{file}” has no surface to look at: {reason}. Export it with its faces.',

  'nothing-given': 'There was no file. Drop a GLB, glTF, OBJ, STL or PLY.',
  'files-many': 'There are {count} files; at most {most} are looked at. Drop only the mesh and what belongs to it.',
  'models-many': 'There are {count} meshes ({names}). Drop one at a time, with the files that belong to it.',
  'models-none': '“{file}” is no mesh. Formats that can be read: GLB, glTF, OBJ, STL, PLY.',
  'models-none-among': '“{file}” and {others} more hold no mesh. Formats that can be read: GLB, glTF, OBJ, STL, PLY.',
  archive: 'it is an archive; unpack it and drop what is inside',
  format: '{format} files are not read; export it as GLB from the program that made it',
  empty: '“{file}” is empty (0 bytes). Export it again.',
  'file-large': '“{file}” has {size}; at most {most} can be read. Simplify or compress it first.',
  'text-large':
    '“{file}” has {size} of text; at most {most} of text can be read. Save the mesh as GLB, or simplify it first.',
  'file-unread':
    'The browser could not read “{file}”. Check that it still exists and that you may open it, then drop it again.',
  timeout: '“{file}” could not be read within {seconds} s. Simplify it, or export it again as GLB.',
  aborted: 'Reading “{file}” was cancelled.',
  undrawable: 'The browser could not draw “{file}”. Reload the page and try again.',
  'missing-one':
    '“{file}” needs {names}, which was not among the files. Drop it together with “{file}”, or the whole folder.',
  'missing-many':
    '“{file}” needs {names}, which were not among the files. Drop them together with “{file}”, or the whole folder.',
  foreign:
    '“{file}” wants “{address}” from the internet, and this page fetches nothing. Save that file beside the mesh, or export as GLB.',
  content: 'its content could not be read',
  'content-draco':
    '“{file}” is broken: its shapes, packed with Draco, could not be unpacked. Export it again; if that does not help, without Draco compression.',
  'content-meshopt':
    '“{file}” is broken: its data, packed with meshopt, could not be unpacked. Export it again; if that does not help, without meshopt compression.',
  'content-ktx2': 'one of its KTX2 pictures could not be unpacked',
  'content-begin': 'a part of its data begins where numbers of its kind cannot begin',
  'content-range': 'a part of its data reaches beyond the end',
  'decoder-none':
    'What “{file}” needs to be unpacked with did not come. Check your connection, reload the page and drop the file again.',
  memory: '“{file}” needs more memory than the browser has for it. Close other tabs, or simplify the mesh first.',
  'content-silent': 'its content could not be read: the decoder gave up',
  'picture-lost':
    '“{file}” is broken: its picture {picture} could not be decoded. Export it again, or show it without its broken pictures.',
  'picture-kind':
    'it is no PNG, JPEG, WebP, AVIF, BMP, GIF or KTX2 picture; convert it to PNG and export the mesh with that, or show it without',
  'size-beyond': 'its size, {size} units, is beyond what can be drawn; scale it to metres',

  'glb-short': 'a GLB file has at least 20 bytes, this one has {bytes}',
  'glb-magic': 'it does not begin like a GLB file (“glTF”)',
  'glb-version': 'it is GLB version {version}, and only version 2 can be read; export it as glTF 2.0',
  'glb-length': 'its header promises {promised} bytes, it has {bytes}',
  'glb-part': 'a part of {bytes} bytes begins at byte {at}, but only {left} are left',
  'glb-first': 'its first part is not the JSON description',
  'glb-description': 'it holds no JSON description',

  'json-empty': 'its description is empty',
  'json-cut': 'its JSON description is cut off',
  'json-bad': 'its description is not valid JSON',
  'json-object': 'its description is not a JSON object',
  'gltf-unversioned': 'it does not say its glTF version (asset.version)',
  'gltf-version': 'it is glTF {version}, and only glTF 2 can be read; export it again as glTF 2.0',
  'gltf-extensions': 'it requires {names}, which this page cannot read; export it without',
  'gltf-list': '“{place}” should be a list',
  'gltf-object': '{place} should be an object',
  'gltf-index': '{place} is {index}, but there are {count}',
  'gltf-view-place': '{place} has no valid place (offset {offset}, length {length})',
  'gltf-view-end': '{place} reaches to byte {end} of {buffer}, which has {bytes}',
  'gltf-component': '{place} has the unknown component type {type}',
  'gltf-type': '{place} has the unknown type “{type}”',
  'gltf-count': '{place} has the count {count}',
  'gltf-counts': '{place} has the count {count}, its positions {positions}',
  'gltf-accessor-end': '{place} needs {end} bytes of {view}, which has {bytes}',
  'gltf-unpacked':
    '“{file}” would unpack to more than {most} ({place} takes {size} of it). Simplify it, or export it again as GLB.',
  'gltf-attributes': '{place} has no attributes',
  'gltf-positions': '{place} has no positions',
  'gltf-positions-type': '{place} has positions that are not VEC3',
  'gltf-primitives': '{place} has no primitives',
  'gltf-nodes': 'it has {count} nodes; at most {most} are read. Join its parts and export it again',
  'gltf-parents': '{place} has two parents',
  'gltf-circle': '{place} is its own ancestor',
  'gltf-scene': 'it has no scene, so nothing is placed anywhere',
  'gltf-no-mesh': 'it holds no mesh',
  'gltf-lines': 'it holds only points or lines',
  'buffer-nowhere': '{place} says neither where its bytes are nor holds any',
  'buffer-short': 'it should hold {promised} bytes of mesh data, it has {bytes}',
  'data-empty': 'it holds a data address without data',
  'data-bad': 'it holds a data address that cannot be decoded',

  'line-cut': 'its last line is cut off (“{line}”)',
  'obj-numbers': 'line {number} (“{line}”) should hold {count} numbers',
  'obj-face': 'line {number} (“{line}”) is a face with fewer than three corners',
  'obj-vertex': 'line {number} (“{line}”) uses the vertex “{part}”, but only {count} came before it',
  'obj-nothing': 'it does not look like an OBJ file: it has no vertices',
  'obj-faces': 'it holds {count} vertices and no face',

  'ply-magic': 'it does not begin like a PLY file (“ply”)',
  'ply-end': 'its header has no end (“end_header”)',
  'ply-property': 'its header holds the unknown property “{text}”',
  'ply-property-first': 'its header has a property before the first element',
  'ply-count': 'its header counts “{count}” of “{name}”',
  'ply-hollow': 'its header counts {count} of “{name}” and does not say what they consist of (“property”)',
  'ply-format': 'its PLY format “{format}” is unknown; save it as text or binary PLY',
  'ply-short': 'it promises {count} of “{name}” and holds only {found}',
  'ply-length': 'an entry of “{name}” has the length {length}',
  'ply-entry': 'entry {number} of “{name}” (“{line}”) should hold {count} numbers',
  'ply-vertices': 'it has no vertices with x, y and z',
  'ply-faces': 'its faces name no vertices (“vertex_indices”)',
  'ply-corner': 'face {face} uses vertex {number}, counted from 0, but there are {count}',
  'ply-points': 'it is a cloud of {count} points without faces',

  'stl-facets': '{begun} facets begin and {ended} end',
  'stl-vertices': '{facets} facets should have {needed} vertices, it has {count}',
  'stl-line': '“{line}” should hold three numbers',
  'stl-short': 'a binary STL has at least {least} bytes, this one has {bytes}',
  'stl-size': 'it promises {count} triangles ({needed} bytes) and has {bytes} bytes; or it is no STL file',

  'part-positions': 'its part “{part}” has no positions',
  'part-vertex': 'vertex {number} of its part “{part}” is no place in space (not a finite number)',
  'part-face': 'a face uses vertex {number} of its part “{part}”, which has {count}',
  'triangles-many':
    '“{file}” has more than {millions} million triangles. Simplify it first, for example with gltfpack or Blender’s Decimate.',
  'triangles-none': 'it holds no triangle',
  'triangles-flat': 'all its triangles are without area',
} as const;

export type MeshMessageKey = keyof typeof enMesh;
