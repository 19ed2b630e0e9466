import pytest

from analysis.person_numbers import has_person_number, without_person_numbers

NUMBERS = """
197001011995031003
19700101 199503 1 003
1970.0101.1995.0310.03
19700101/199503/1/003
19700101–199503–1–003
19700101 - 199503 - 1 - 003
19700101 (199503) 1003
19780612-200003-1-994
198.501.012.010.011.002
198,501,012,010,011,002
1.970010119950310e+17
198505052023211009
19850505 2023 21 1 009
19780612200003
1 9 7 0 0 1 0 1 1 9 9 5 0 3 1 0 0 3
１９７００１０１１９９５０３１００３
1970​0101199503​1003
No.1/19700101/199503/1/003
1970-01-01 1995-03 1 003
3201011501700001
3201 0115 0170 0001
3201/0115/0170/0001
320101–550170–0001
12345678901234
"""
OTHERS = """
SDN 01 Menteng 20104567
3201012001
1.234.567
2014-2023
2014-2023, 2020-2024
2014–2023 2020–2024
2011 2012 2013 2014 2015
2011/2012/2013/2014/2015
01-01-2014 - 31-12-2023
11-01-2014 – 05-12-2023
2000-01-01/2023-12-31
1970-01-01 – 1995-03-31
31.71, 31.72, 31.73, 31.74
31.71 31.72 31.73 31.74
1101, 1102, 1103, 1104
11.71.01.1001, 11.71.01.1002
1.234.567.890.123.456
Rp 12.345.678.901.234
12,345,678,901,234
1.234.567 2.345.678 12.000
35 40 42 45 47 49 50
8ae482894305762301430a5c07e7709c
00000000000000000000000000000134
8ae48289-4305-7623-0143-0a5c07e7709c
08.30-12.00, 13.00-16.30, 17.00
SDN 01, 02, 03, 04, 05, 06, 07, 08
12/2019, 17/2020, 25/2021
20-24, 25-29, 30-34, 35-39, 40-44
0,1; 0,25; 0,5; 0,75; 0,9; 0,95; 0,99
"""


@pytest.mark.parametrize("number", NUMBERS.strip().split("\n"))
def test_a_number_of_a_person_is_seen_however_it_is_written(number):
    assert has_person_number(f"UPTD {number} Menteng")
    hidden = without_person_numbers(f"UPTD {number} Menteng")
    assert hidden.startswith(("UPTD •••", "UPTD No.•••"))
    assert sum(sign.isdigit() for sign in hidden) < 3
    assert hidden.endswith(" Menteng")


@pytest.mark.parametrize("text", OTHERS.strip().split("\n"))
def test_dates_years_codes_and_amounts_are_no_numbers_of_persons(text):
    assert not has_person_number(text)
    assert without_person_numbers(text) == text
