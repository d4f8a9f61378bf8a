"""The strategies beside the laws, importable although test files form no package."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
