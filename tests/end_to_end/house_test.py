# SPDX-License-Identifier: Apache-2.0
"""What is agreed about the repository itself: licence lines, no paths of one machine, a README in each folder of src,
`./dev` that lists its tasks and knows wrong usage."""
import os
import re
import subprocess

from program import SOURCE, TestCase, main

FOLDERS = ('src', 'tests', 'fuzz', 'bench', 'scripts', 'cmake', 'training')


def files(*suffixes):
    for folder in FOLDERS:
        for path in sorted((SOURCE / folder).rglob('*')):
            if path.is_file() and path.name.endswith(suffixes) and '__pycache__' not in path.parts:
                yield path


class House(TestCase):
    def test_licence_line(self):
        for path in files('.cpp', '.h', '.py', '.sh', '.cmake', '.mjs', 'CMakeLists.txt'):
            with open(path, encoding='utf8') as file:
                head = ''.join(file.readline() for _ in range(3))
            self.assertIn('SPDX-License-Identifier: Apache-2.0', head, str(path))

    def test_no_paths_of_one_machine(self):
        for path in [*files('.cpp', '.h', '.py', '.sh', '.cmake', '.mjs', '.txt', '.rec', '.md'), SOURCE / 'dev', SOURCE / 'README.md']:
            text = path.read_text(encoding='utf8', errors='replace')
            found = re.search(r'(?<![\w.])/(?:work|root|home)/\w+', text)
            self.assertIsNone(found, '%s: %s' % (path, found and found.group(0)))

    def test_a_readme_in_each_folder_of_src(self):
        for folder in sorted((SOURCE / 'src').iterdir()):
            if (folder / 'CMakeLists.txt').exists():
                self.assertTrue((folder / 'README.md').exists(), str(folder) + ' has no README.md')

    def test_dev_lists_its_tasks(self):
        ran = subprocess.run([str(SOURCE / 'dev')], cwd='/', capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        for task in ('demo', 'test', 'build', 'bench', 'format', 'asan', 'fuzz', 'train'):
            self.assertRegex(ran.stdout, r'(?m)^  %s ' % task)
        ran = subprocess.run([str(SOURCE / 'dev'), 'nonsense'], capture_output=True, text=True, check=False)
        self.assertEqual(ran.returncode, 2)
        self.assertTrue(os.access(SOURCE / 'dev', os.X_OK))

    def test_ci_calls_dev_test(self):
        self.assertIn('./dev test', (SOURCE / '.ci' / 'run').read_text())


if __name__ == '__main__':
    main()
