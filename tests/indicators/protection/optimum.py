"""The least loss that protects a table, by one large integer program: for small tables only."""

from collections.abc import Collection

import highspy

from indicators.domain.protection.hiding import Table

MOST = 1000


def least_loss(table: Table, limit: int, hidden: Collection[int] = ()) -> int:
    """The least weight of cells to hide, small ones included. hidden: those that are already.

    For each guarded count and each value it must be able to take, there is a whole table of
    variables that may differ from the true one only in hidden cells. Each cell's choice to hide
    is one variable, shared by all of those tables.
    """
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    # The default is content with a ten-thousandth too much.
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.5)
    columns = 0

    def column(low: float, high: float, cost: float = 0) -> int:
        nonlocal columns
        solver.addVar(low, high)
        solver.changeColCost(columns, cost)
        solver.changeColIntegrality(columns, highspy.HighsVarType.kInteger)
        columns += 1
        return columns - 1

    hides = [
        column(1, 1)
        if number in hidden
        else column(int(c.is_small and c.weight > 0), int(c.weight > 0), c.weight)
        for number, c in enumerate(table.cells)
    ]
    true = [int(value) for value in table.values]
    for target in table.guarded:
        for value in range(1, limit + 1):
            if value == true[target]:
                continue
            other = [column(0 if table.floored[v] else -MOST, MOST) for v in range(len(true))]
            solver.changeColBounds(other[target], value, value)
            for terms in table.relations:
                solver.addRow(
                    0, 0, len(terms), [other[v] for v, _ in terms], [float(s) for _, s in terms]
                )
            for variable, cell in enumerate(table.cell_of):
                if cell is None:
                    continue
                room = float(MOST - true[variable]), float(true[variable])
                pair = [other[variable], hides[cell]]
                solver.addRow(-MOST * 9, true[variable], 2, pair, [1.0, -room[0]])
                solver.addRow(true[variable], MOST * 9, 2, pair, [1.0, room[1]])
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise ValueError(f"no optimum: {solver.getModelStatus()}")
    return round(solver.getInfo().objective_function_value)
