//! Dirty files by hand, for question 7.3, and what must become of them.

/// One case by hand: the file, its counts (rows, kept, rejected, duplicates),
/// and both outputs without their headers.
pub struct Case {
    pub what: &'static str,
    pub file: &'static [u8],
    pub counts: [u64; 4],
    pub summary: &'static str,
    pub rejects: &'static str,
}

/// What one clean row leaves in the summary.
const BED: &str = "2026-03,bed,1,2,19900\n";

/// Every kind of dirt.
pub const CASES: &[Case] = &[
    Case {
        what: "a clean file",
        file: b"receipt,date,product,quantity,price\n1,2026-03-01,Bed,2,99.50\n",
        counts: [1, 1, 0, 0],
        summary: BED,
        rejects: "",
    },
    Case {
        what: "a byte-order mark before the name of the first column",
        file: b"\xef\xbb\xbfreceipt,date,product,quantity,price\n1,2026-03-01,Bed,2,99.50\n",
        counts: [1, 1, 0, 0],
        summary: BED,
        rejects: "",
    },
    Case {
        what: "columns in another order, one more among them, and white space around names and values",
        file: b"price, remarks ,quantity, receipt,date ,product\n 99.5 ,,2,1, 2026-03-01,  Bed \n",
        counts: [1, 1, 0, 0],
        summary: BED,
        rejects: "",
    },
    Case {
        what: "white space beyond ASCII around names and values",
        file: b"receipt,\xc2\xa0date,product\xe3\x80\x80,quantity,price\n\
            1,2026-03-01\xc2\xa0,\xe3\x80\x80Bed,2,99.5\xc2\xa0\n2,2026-03-01,\xe2\x80\x83,1,1\n",
        counts: [2, 1, 1, 0],
        summary: BED,
        rejects: "shop,3,product missing,2,2026-03-01,\u{2003},1,1\n",
    },
    Case {
        what: "rows with two faults each, of which the first one is told",
        file: b"receipt,date,product,quantity,price\n1,2026-03-01,Caf\xe9,2\n,2026-03-01,Bed,2\n\
            1,soon,Bed,2,\n1,soon,,2,1\n",
        counts: [4, 0, 4, 0],
        summary: "",
        rejects: "shop,2,not UTF-8,1,2026-03-01,Caf\\xe9,2\nshop,3,4 fields instead of 5,,2026-03-01,Bed,2\n\
            shop,4,date malformed,1,soon,Bed,2,\nshop,5,date malformed,1,soon,,2,1\n",
    },
    Case {
        what: "the same month of three years, more units than 16 bits hold, receipts without digits",
        file: b"receipt,date,product,quantity,price\ntill,1999-03-01,Bed,1,1\ntill,2025-03-01,Bed,1,1\n\
            a,2026-03-01,Bed,9999,1\nb,2026-03-01,Bed,9999,1\nc,2026-03-01,Bed,9999,1\n\
            d,2026-03-01,Bed,9999,1\ne,2026-03-01,Bed,9999,1\nf,2026-03-01,Bed,9999,1\n\
            g,2026-03-01,Bed,9999,1\n",
        counts: [9, 9, 0, 0],
        summary: "1999-03,bed,1,1,100\n2025-03,bed,1,1,100\n2026-03,bed,7,69993,6999300\n",
        rejects: "",
    },
    Case {
        what: "a quoted comma, quotes in quotes and a line end in a product",
        file: b"receipt,date,product,quantity,price\n\
            1,2026-03-01,\"Chair, \"\"Moon\"\"\",1,10\n2,2026-03-01,\"Rug,\nwool\",1,10\n",
        counts: [2, 2, 0, 0],
        summary: "2026-03,\"chair, \"\"moon\"\"\",1,1,1000\n2026-03,\"rug,\nwool\",1,1,1000\n",
        rejects: "",
    },
    Case {
        what: "a bad row below a quoted line end, whose line must be right",
        file: b"receipt,date,product,quantity,price\n\
            1,2026-03-01,\"Rug,\n\nwool\",1,10\n2,2026-03-01,Bed,,10\n3,2026-03-01,\"a\nb\",0,10\n4,x,Bed,1,10\n",
        counts: [4, 1, 3, 0],
        summary: "2026-03,\"rug,\n\nwool\",1,1,1000\n",
        rejects: "shop,5,quantity missing,2,2026-03-01,Bed,,10\n\
            shop,6,quantity malformed,3,2026-03-01,\"a\nb\",0,10\nshop,8,date malformed,4,x,Bed,1,10\n",
    },
    Case {
        what: "lines that end with \\r\\n, the last one with neither",
        file: b"receipt,date,product,quantity,price\r\n1,2026-03-01,Bed,2,99.50\r\n2,2026-03-01,Bed,2,free",
        counts: [2, 1, 1, 0],
        summary: BED,
        rejects: "shop,3,price malformed,2,2026-03-01,Bed,2,free\n",
    },
    Case {
        what: "a value missing in every column in turn, white space alone among them",
        file: b"receipt,date,product,quantity,price\n,2026-03-01,Bed,2,1\n1,,Bed,2,1\n1,2026-03-01,  ,2,1\n\
            1,2026-03-01,Bed,\t,1\n1,2026-03-01,Bed,2,\n,,,,\n",
        counts: [6, 0, 6, 0],
        summary: "",
        rejects: "shop,2,receipt missing,,2026-03-01,Bed,2,1\nshop,3,date missing,1,,Bed,2,1\n\
            shop,4,product missing,1,2026-03-01,  ,2,1\nshop,5,quantity missing,1,2026-03-01,Bed,\t,1\n\
            shop,6,price missing,1,2026-03-01,Bed,2,\nshop,7,receipt missing,,,,,\n",
    },
    Case {
        what: "malformed dates, quantities and prices",
        file: b"receipt,date,product,quantity,price\n1,2026-13-01,Bed,2,1\n1,2026-03-32,Bed,2,1\n1,2026-3-1,Bed,2,1\n\
            1,2026-03-01,Bed,0,1\n1,2026-03-01,Bed,+2,1\n1,2026-03-01,Bed,10000,1\n1,2026-03-01,Bed,2,-1\n1,2026-03-01,Bed,two,\n",
        counts: [8, 0, 8, 0],
        summary: "",
        rejects: "shop,2,date malformed,1,2026-13-01,Bed,2,1\nshop,3,date malformed,1,2026-03-32,Bed,2,1\n\
            shop,4,date malformed,1,2026-3-1,Bed,2,1\nshop,5,quantity malformed,1,2026-03-01,Bed,0,1\n\
            shop,6,quantity malformed,1,2026-03-01,Bed,+2,1\nshop,7,quantity malformed,1,2026-03-01,Bed,10000,1\n\
            shop,8,price malformed,1,2026-03-01,Bed,2,-1\nshop,9,quantity malformed,1,2026-03-01,Bed,two,\n",
    },
    Case {
        what: "dates of another shape",
        file: b"receipt,date,product,quantity,price\n\
            1,2026/03/31,Bed,2,1\n1,2O26-03-31,Bed,2,1\n1,2026-03:31,Bed,2,1\n1,+026-03-31,Bed,2,1\n\
            1,-026-03-31,Bed,2,1\n1,2026-00-31,Bed,2,1\n1,2026-03-00,Bed,2,1\n1,2026-+3-31,Bed,2,1\n\
            1,2026-03-+1,Bed,2,1\n1,26-03-2031,Bed,2,1\n1,2026-031-1,Bed,2,1\n",
        counts: [11, 0, 11, 0],
        summary: "",
        rejects: "shop,2,date malformed,1,2026/03/31,Bed,2,1\nshop,3,date malformed,1,2O26-03-31,Bed,2,1\n\
            shop,4,date malformed,1,2026-03:31,Bed,2,1\nshop,5,date malformed,1,+026-03-31,Bed,2,1\n\
            shop,6,date malformed,1,-026-03-31,Bed,2,1\nshop,7,date malformed,1,2026-00-31,Bed,2,1\n\
            shop,8,date malformed,1,2026-03-00,Bed,2,1\nshop,9,date malformed,1,2026-+3-31,Bed,2,1\n\
            shop,10,date malformed,1,2026-03-+1,Bed,2,1\nshop,11,date malformed,1,26-03-2031,Bed,2,1\n\
            shop,12,date malformed,1,2026-031-1,Bed,2,1\n",
    },
    Case {
        what: "rows with a field too few and too many, also where that is not seen in what is needed",
        file: b"receipt,date,product,quantity,price,remarks\n1,2026-03-01,Bed,2,99.50\n1,2026-03-01,Bed,2,99.50,,\n",
        counts: [2, 0, 2, 0],
        summary: "",
        rejects: "shop,2,5 fields instead of 6,1,2026-03-01,Bed,2,99.50\n\
            shop,3,7 fields instead of 6,1,2026-03-01,Bed,2,99.50,,\n",
    },
    Case {
        what: "bytes that are not UTF-8, in a needed field and in another",
        file: b"receipt,date,product,quantity,price,remarks\n1,2026-03-01,Caf\xe9,2,1,\n\
            1,2026-03-01,Bed,2,1,\xff\xfe\n1,2026-03-01,Bed,2,99.50,\n",
        counts: [3, 1, 2, 0],
        summary: BED,
        rejects: "shop,2,not UTF-8,1,2026-03-01,Caf\\xe9,2,1,\nshop,3,not UTF-8,1,2026-03-01,Bed,2,1,\\xff\\xfe\n",
    },
    Case {
        what: "repeats of the last row kept, spelled in other ways, also behind a bad row",
        file: b"receipt,date,product,quantity,price\n1,2026-03-01,Bed,2,99.50\n1,2026-03-01,BED,2,99.5\n\
            1,2026-03-01,Bed,2,x\n 1 ,2026-03-01,bed,02,99.50\n",
        counts: [4, 1, 1, 2],
        summary: BED,
        rejects: "shop,4,price malformed,1,2026-03-01,Bed,2,x\n",
    },
    Case {
        what: "equal rows with another sale between them, and rows that differ in one value, which are no duplicates",
        file: b"receipt,date,product,quantity,price\n1,2026-03-01,Bed,2,1\n2,2026-03-01,Bed,2,1\n1,2026-03-01,Bed,2,1\n\
            1,2026-03-02,Bed,2,1\n1,2026-03-02,Bed,2,2\n1,2026-03-02,Bed,1,2\n1,2026-03-02,Rug,1,2\n",
        counts: [7, 7, 0, 0],
        summary: "2026-03,bed,6,11,1400\n2026-03,rug,1,1,200\n",
        rejects: "",
    },
    Case {
        what: "names that are long, with a tab inside, or with a sign; receipts that differ at their end",
        file: b"receipt,date,product,quantity,price\n1,2026-03-01,Beda,1,1\n1,2026-03-01,Bed_2,1,1\n\
            1,2026-03-01,Bed\tred,1,1\n\
            1,2026-03-01,A wardrobe of solid oak with three doors and two drawers and a mirror: left,1,1\n\
            1,2026-03-01,A wardrobe of solid oak with three doors and two drawers and a mirror: right,1,1\n\
            receipt-number-000000000000000000001,2026-03-01,Rug,1,1\n\
            receipt-number-000000000000000000002,2026-03-01,Rug,1,1\n",
        counts: [7, 7, 0, 0],
        summary: "2026-03,a wardrobe of solid oak with three doors and two drawers and a mirror: left,1,1,100\n\
            2026-03,a wardrobe of solid oak with three doors and two drawers and a mirror: right,1,1,100\n\
            2026-03,bed\tred,1,1,100\n2026-03,bed_2,1,1,100\n2026-03,beda,1,1,100\n2026-03,rug,2,2,200\n",
        rejects: "",
    },
    Case { what: "an empty file", file: b"", counts: [0; 4], summary: "", rejects: "" },
    Case {
        what: "a header and nothing else",
        file: b"receipt,date,product,quantity,price",
        counts: [0; 4],
        summary: "",
        rejects: "",
    },
    Case {
        what: "a header without two of the needed columns",
        file: b"receipt,day,product,amount,price\n1,2026-03-01,Bed,2,99.50\n1,,Caf\xe9\n",
        counts: [2, 0, 2, 0],
        summary: "",
        rejects: "shop,2,no column date,1,2026-03-01,Bed,2,99.50\nshop,3,no column date,1,,Caf\\xe9\n",
    },
    Case {
        what: "a header with a needed column's name in capitals, which is another name",
        file: b"receipt,Date,product,quantity,price\n1,2026-03-01,Bed,2,99.50\n",
        counts: [1, 0, 1, 0],
        summary: "",
        rejects: "shop,2,no column date,1,2026-03-01,Bed,2,99.50\n",
    },
    Case {
        what: "a header with a line end in quotes, which counts as others do",
        file: b"receipt,date,product,quantity,price,\"remarks\nof the till\"\n\
            1,2026-03-01,Bed,2,99.50,\n2,x,Bed,2,1,\n",
        counts: [2, 1, 1, 0],
        summary: BED,
        rejects: "shop,4,date malformed,2,x,Bed,2,1,\n",
    },
    Case {
        what: "a quantity with zeros in front, and one of zeros alone",
        file: b"receipt,date,product,quantity,price\n1,2026-03-01,Bed,000002,99.50\n2,2026-03-01,Bed,0000,1\n",
        counts: [2, 1, 1, 0],
        summary: BED,
        rejects: "shop,3,quantity malformed,2,2026-03-01,Bed,0000,1\n",
    },
    Case {
        what: "receipts that differ in a capital letter and in a zero, and a product for nothing",
        file: b"receipt,date,product,quantity,price\na1,2026-03-01,Bed,1,0\nA1,2026-03-01,Bed,1,0\n\
            01,2026-03-01,Bed,1,0\n1,2026-03-01,Bed,1,0\n",
        counts: [4, 4, 0, 0],
        summary: "2026-03,bed,4,4,0\n",
        rejects: "",
    },
    Case {
        what: "sums that no float and no 64 bits can hold",
        file: b"receipt,date,product,quantity,price\n1,2026-03-01,Bed,9999,999999999999999.99\n\
            2,2026-03-01,Bed,1,0.01\n3,2026-03-01,Bed,1,0.02\n",
        counts: [3, 3, 0, 0],
        summary: "2026-03,bed,3,10001,999899999999999990004\n",
        rejects: "",
    },
];
