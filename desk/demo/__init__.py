"""The demo: facts of the work, and examples in Samlad's own words that are marked as such.

Registers are put back to what stands here each time. Work (reports, answers) is laid in once and
never touched again: whoever tries the demo keeps what they wrote.
"""

from desk.demo.loading import load_demo

__all__ = ["load_demo"]
