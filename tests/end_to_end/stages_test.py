# SPDX-License-Identifier: Apache-2.0
"""src/README.md, Pipeline::Run and `entente stages` name the same stages in the same order."""
import re

from program import SOURCE, TestCase, entente, main


class Stages(TestCase):
    def test_three_agree(self):
        printed = [line.split()[0] for line in entente('stages').out.decode().splitlines()]
        self.assertEqual(printed[0], 'reader')
        code = (SOURCE / 'src' / 'pipeline' / 'pipeline.cpp').read_text(encoding='utf8')
        body = re.search(r'void Pipeline::Run\(Document& \w+\) const \{\n(.*?)\n\}', code, re.S).group(1)
        # A step that runs two stages block by block stands for what it calls.
        for name, inside in re.findall(r'\n  void (\w+)\(Document& \w+\) const \{\n(.*?)\n  \}', code, re.S):
            body = re.sub(r'\w+->%s\(\w+\)' % name, lambda match, inside=inside: inside, body)
        called = list(dict.fromkeys(re.findall(r'(\w+?)_?\.Run\(', body)))
        self.assertEqual(called, printed[1:])
        readme = (SOURCE / 'src' / 'README.md').read_text(encoding='utf8')
        listed = re.findall(r'^\d+\. `(\w+)/`', readme, re.M)
        self.assertEqual(listed, printed)
        for stage in printed:
            self.assertTrue((SOURCE / 'src' / stage / 'README.md').exists(), stage + ' has no README.md')


if __name__ == '__main__':
    main()
