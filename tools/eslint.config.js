/** Lint rules. The zones are the layers of the project: each may import only what stands to its left (see README). */
import { resolve } from 'node:path';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const root = resolve(import.meta.dirname, '..');

/** Layer → layers below src/ that it must not import. */
const FORBIDDEN = {
  contract: ['core', 'questions', 'inference', 'state', 'scene', 'ui', 'app'],
  core: ['questions', 'inference', 'state', 'scene', 'ui', 'app'],
  questions: ['inference', 'state', 'scene', 'ui', 'app'],
  inference: ['questions', 'state', 'scene', 'ui', 'app'],
  state: ['scene', 'ui', 'app'],
  scene: ['app'],
  ui: ['scene', 'app'],
};

const zones = Object.entries(FORBIDDEN).flatMap(([layer, forbidden]) =>
  forbidden.map((other) => ({
    target: resolve(root, 'src', layer),
    from: resolve(root, 'src', other),
    message: `${layer} must not import ${other}; see the layers in README.md.`,
  })),
);

const PURE_BANS = ['react', 'react-dom', 'zustand', 'onnxruntime-web', '@react-three/*'];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.cache/**',
      '.venv/**',
      'data/**',
      'runs/**',
      'public/**',
      'training/**',
      'test-results/**',
    ],
  },
  ...tseslint.configs.strict,
  {
    languageOptions: { parserOptions: { tsconfigRootDir: root } },
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    settings: {
      // Without this, no-cycle takes TypeScript files for packages and follows none of them.
      'import-x/extensions': ['.ts', '.tsx', '.js', '.mjs'],
      'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] })],
    },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      'max-lines': ['error', { max: 400 }],
      eqeqeq: 'error',
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness arrives as an Rng argument (src/core/rng.ts).' },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // Indexing with a checked bound reads better than a branch that cannot happen; `as` marks the place.
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    // Cameras, scenes and materials of three.js are changed in place; that is how they are used.
    files: ['src/scene/**/*.{ts,tsx}'],
    rules: { 'react-hooks/immutability': 'off' },
  },
  { files: ['src/**/*.tsx'], rules: { 'max-lines': ['error', { max: 250 }] } },
  {
    files: ['src/core/**/*.ts', 'src/questions/**/*.ts', 'src/contract/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [...PURE_BANS, 'three', 'three/*'] }],
      'no-restricted-globals': ['error', 'window', 'document', 'fetch', 'performance', 'Date', 'localStorage'],
      'id-denylist': ['error', 'azimuth', 'elevation', 'fov', 'theta', 'phi'],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/inference/worker/**', '**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'onnxruntime-web', message: 'Only src/inference/worker runs the model.' },
            'onnxruntime-web/webgpu',
          ],
        },
      ],
    },
  },
);
