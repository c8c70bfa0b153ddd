//! Checks of question 1.8: sums, products and a choice of matrices.

use exercise1::{Matrix, MatrixError, all_above, element_product, sum_of_all};
use harness::form::Form;
use harness::proptest::prelude::*;
use harness::{checks, expect_eq, property};
use records::matrices::four;

checks! {
    "1.8/sum" => matrices_are_added_entry_by_entry,
    "1.8/product" => matrices_are_multiplied_entry_by_entry,
    "1.8/shapes" => differing_shapes_are_an_error,
    "1.8/above" => every_entry_must_be_above,
    "1.8/form" => they_are_chains,
}

/// `count` matrices of one shape, with none to three rows and columns.
fn alike(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Matrix>> {
    (count, 0..4_usize, 0..4_usize).prop_flat_map(|(count, rows, columns)| {
        // Two in ten need more than 32 bits, as do their sums and products.
        let entry = prop_oneof![8 => -20..20_i64, 2 => -3_000_000_000..3_000_000_000_i64];
        let row = prop::collection::vec(entry, columns);
        prop::collection::vec(prop::collection::vec(row, rows), count)
    })
}

/// Puts `entry` of all entries at one place there, place by place.
fn entry_by_entry(matrices: &[Matrix], entry: impl Fn(&[i64]) -> i64) -> Matrix {
    let mut result = matrices[0].clone();
    for (row, entries) in result.iter_mut().enumerate() {
        for (column, place) in entries.iter_mut().enumerate() {
            let there: Vec<i64> = matrices.iter().map(|matrix| matrix[row][column]).collect();
            *place = entry(&there);
        }
    }
    result
}

fn matrices_are_added_entry_by_entry() {
    expect_eq(
        "sum_of_all of the four matrices that hold 1 to 16",
        &sum_of_all(&four()),
        &Ok(vec![vec![28, 32], vec![36, 40]]),
    );
    let one = [vec![vec![3, -4]]];
    expect_eq("sum_of_all(&[[[3, -4]]])", &sum_of_all(&one), &Ok(one[0].clone()));
    let large = [vec![vec![5_000_000_000, -1]], vec![vec![7_000_000_000, -3_000_000_000]]];
    expect_eq(
        format_args!("sum_of_all(&{large:?}): 32 bits do not hold it"),
        &sum_of_all(&large),
        &Ok(vec![vec![12_000_000_000, -3_000_000_001]]),
    );
    let many: Vec<Matrix> = (0..300).map(|n| vec![vec![n]]).collect();
    expect_eq(
        "sum_of_all of 300 matrices with one entry, 0 to 299",
        &sum_of_all(&many),
        &Ok(vec![vec![44_850]]),
    );
    property(200, alike(1..5), |matrices| {
        let want = entry_by_entry(&matrices, |there| there.iter().sum());
        expect_eq(format_args!("sum_of_all(&{matrices:?})"), &sum_of_all(&matrices), &Ok(want));
    });
}

fn matrices_are_multiplied_entry_by_entry() {
    let four = four();
    expect_eq(
        "element_product(&[[1, 2], [3, 4]], &[[5, 6], [7, 8]]): entries, not rows by columns",
        &element_product(&four[0], &four[1]),
        &Ok(vec![vec![5, 12], vec![21, 32]]),
    );
    expect_eq(
        "element_product(&[[3000000000]], &[[-2]]): 32 bits do not hold it",
        &element_product(&[vec![3_000_000_000]], &[vec![-2]]),
        &Ok(vec![vec![-6_000_000_000]]),
    );
    property(200, alike(2..3), |matrices| {
        let [left, right] = matrices.as_slice() else { return };
        let want = entry_by_entry(&matrices, |there| there.iter().product());
        expect_eq(
            format_args!("element_product(&{left:?}, &{right:?})"),
            &element_product(left, right),
            &Ok(want),
        );
    });
}

fn differing_shapes_are_an_error() {
    expect_eq(
        "sum_of_all(&[]): there is no matrix",
        &sum_of_all(&[]),
        &Err(MatrixError::NoMatrices),
    );
    expect_eq("element_product(&[], &[]): no rows each", &element_product(&[], &[]), &Ok(vec![]));
    let square = || vec![vec![1, 2], vec![3, 4]];
    let others: [(Matrix, &str); 9] = [
        (vec![vec![1, 2]], "a row is missing"),
        (vec![vec![1, 2], vec![3, 4], vec![5, 6]], "a row is too many"),
        (vec![vec![1], vec![3]], "the rows are shorter"),
        (vec![vec![1, 2, 3], vec![4, 5, 6]], "the rows are longer"),
        (vec![vec![1, 2], vec![3]], "only the last row is shorter"),
        (vec![], "there are no rows"),
        (vec![vec![1, 2, 3, 4]], "as many entries, in one row"),
        (vec![vec![1], vec![2], vec![3], vec![4]], "as many entries, in four rows"),
        (vec![vec![1, 2, 3], vec![4]], "as many entries and rows, but other rows"),
    ];
    let want = Err(MatrixError::ShapesDiffer);
    for (other, why) in others {
        for (left, right) in [(square(), other.clone()), (other.clone(), square())] {
            expect_eq(
                format_args!("element_product(&{left:?}, &{right:?}): {why}"),
                &element_product(&left, &right),
                &want,
            );
            let three = [left, square(), right];
            expect_eq(format_args!("sum_of_all(&{three:?}): {why}"), &sum_of_all(&three), &want);
        }
        let three = [square(), other, square()];
        expect_eq(format_args!("sum_of_all(&{three:?}): {why}"), &sum_of_all(&three), &want);
    }
}

fn every_entry_must_be_above() {
    let four = four();
    expect_eq(
        "all_above of the four matrices that hold 1 to 16, with limit 5: 5 itself is not above 5",
        &all_above(&four, 5),
        &vec![&four[2], &four[3]],
    );
    let large = 5_000_000_000;
    let matrices = [vec![vec![large + 1]], vec![vec![large]], vec![vec![7]], vec![vec![-large]]];
    for (limit, want) in [(large, 1), (-large, 3)] {
        expect_eq(
            format_args!("all_above(&{matrices:?}, {limit}): numbers that 32 bits do not hold"),
            &all_above(&matrices, limit),
            &matrices[..want].iter().collect(),
        );
    }
    let ends = [vec![vec![i64::MIN]], vec![vec![i64::MAX]]];
    for (limit, want) in [(0, &ends[1..]), (i64::MIN, &ends[1..]), (i64::MAX, &[])] {
        expect_eq(
            format_args!("all_above(&{ends:?}, {limit}): numbers at both ends of their type"),
            &all_above(&ends, limit),
            &want.iter().collect(),
        );
    }
    let hollow = [vec![], vec![vec![]]];
    expect_eq(
        "all_above(&[[], [[]]], 5): nothing in them is too small",
        &all_above(&hollow, 5),
        &vec![&hollow[0], &hollow[1]],
    );
    let matrix = prop::collection::vec(prop::collection::vec(3..9_i64, 0..3), 0..3);
    property(200, prop::collection::vec(matrix, 0..8), |matrices| {
        let mut want = Vec::new();
        for matrix in &matrices {
            if matrix.iter().flatten().min().is_none_or(|&least| least > 5) {
                want.push(matrix);
            }
        }
        expect_eq(format_args!("all_above(&{matrices:?}, 5)"), &all_above(&matrices, 5), &want);
    });
}

fn they_are_chains() {
    Form::of("src/q1_8_matrices.rs")
        .function("sum_of_all", &["fold", "reduce"])
        .function("element_product", &["map"])
        .function("all_above", &["filter"])
        .check();
}
