"""Other rows for a network that was opened: it takes them as it took those before."""

from dataclasses import replace

from core.data.table.preparation import Preparation, dumps
from core.experiment.model import DataSettings
from core.experiment.rules import FILE


def with_preparation(
    data: DataSettings, before: DataSettings, preparation: Preparation
) -> DataSettings:
    """The settings with the means and classes that the network knows.

    Args:
        data: what is asked for.
        before: of the rows that the network takes now.
        preparation: how it takes them.
    """
    is_of_table = data.name == before.name == FILE and bool(preparation.columns)
    is_other = data != before and data.scaling == before.scaling
    if not is_of_table or not is_other or data.preparation:
        return data
    return replace(data, preparation=dumps(preparation))
